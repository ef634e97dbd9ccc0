package dev.flashvsr.deploy.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines are as the tools print them: ninja 1.11, git-lfs 3.3, git 2.39, pip 23.2 and 24.3. */
class ProgressReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ninja;   [17/25] c++ -O3 -std=c++17 -c flash_fwd.cpp -o flash_fwd.o;   0.68; [17/25]
            ninja;   [25/25] c++ a.o b.o -shared -o block_sparse_attn_cuda.so;     1.0;  [25/25]
            ninja;   [0/1] Re-checking globbed directories...;                     0.0;  [0/1]
            git-lfs; Downloading LFS objects:   0% (0/1), 0 B | 0 B/s              ;  0.0;  0/1, 0 B, 0 B/s
            git-lfs; Downloading LFS objects:  42% (3/7), 2.9 GB | 30 MB/s         ;  0.42; 3/7, 2.9 GB, 30 MB/s
            git-lfs; Downloading LFS objects: 100% (7/7), 6.9 GB | 31 MB/s, done.  ;  1.0;  7/7, 6.9 GB, 31 MB/s, done.
            git-lfs; Filtering content:  71% (5/7), 4.86 GiB | 28.10 MiB/s;        0.71; 5/7, 4.86 GiB, 28.10 MiB/s
            pip;       Downloading numpy-2.4.6-cp311-cp311-linux_x86_64.whl (16.9 MB); 0.0; numpy-2.4.6-cp311-cp311-linux_x86_64.whl (16.9 MB)
            pip;     Downloading https://x.org/whl/torch-2.5.1%2Bcu121.whl (780.4 MB);  0.0; torch-2.5.1%2Bcu121.whl (780.4 MB)
            pip;          ━━━━━━━━━━━━━━━━━━━━ 16.9/16.9 MB 153.5 MB/s eta 0:00:00; 1.0; 16.9/16.9 MB, 153.5 MB/s
            pip;          ━━━━━━━━━╸━━━━━━━━━━ 195.1/780.4 MB 30.1 MB/s eta 0:00:20; 0.25; 195.1/780.4 MB, 30.1 MB/s
            pip;     Progress 4096 of 16384;                                        0.25; ''
            percent; ' 37.5% done';                                                0.375; 37.5%
            percent; frame 10 (10%), frame 20 (20%);                               0.2;  20%
            percent; 'smoke:  40%|████      | 4/10 [00:10<00:15,  2.5s/it]';       0.4;  40%
            """)
    void progressIsReadFromWhatTheToolPrints(String format, String line, double fraction, String label) {
        assertThat(ProgressReader.of(format).feed(line)).contains(new Progress(fraction, label));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ninja;   ninja: no work to do.
            ninja;   see [17/25] above
            ninja;   [3/0] broken
            ninja;   [30/25] broken
            ninja;   [99999999999/99999999999] too long
            git-lfs; Updating files: 100% (3/3), done.
            git-lfs; Downloading LFS objects: 142% (3/7), 2.9 GB | 30 MB/s
            pip;     Collecting numpy
            pip;     Saved ./p/numpy-2.4.6.whl
            pip;     Progress 5 of 0
            percent; 250% of what was expected
            percent; half of it
            """)
    void otherLinesSayNothingOfProgress(String format, String line) {
        assertThat(ProgressReader.of(format).feed(line)).isEmpty();
    }

    @Test
    void pipsBarIsToldWithTheFileThatItIsFor() {
        ProgressReader pip = ProgressReader.of("pip");
        pip.feed("  Downloading torch-2.5.1.whl (780.4 MB)");
        assertThat(pip.feed("     ━━━╸━━━━ 195.1/780.4 MB 30.1 MB/s eta 0:00:20"))
                .contains(new Progress(0.25, "torch-2.5.1.whl 195.1/780.4 MB, 30.1 MB/s"));
        assertThat(pip.feed("Progress 50 of 100")).contains(new Progress(0.5, "torch-2.5.1.whl"));
    }

    @Test
    void anUnknownFormatIsRefused() {
        assertThatThrownBy(() -> ProgressReader.of("tqdm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tqdm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ninja", "git-lfs", "pip", "percent"})
    void everyFormatLivesWithAnyLine(String format) {
        ProgressReader reader = ProgressReader.of(format);
        for (String line : new String[] {"", " ", "%", "[/]", "9".repeat(8000), "Downloading " + "a/".repeat(4000)}) {
            assertThat(reader.feed(line)).isEmpty();
        }
    }
}
