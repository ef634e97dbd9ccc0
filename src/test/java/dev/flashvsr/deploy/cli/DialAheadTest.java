package dev.flashvsr.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.box.ssh.Prompt;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DialAheadTest {
    private final List<Box> made = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Box> begun = new CompletableFuture<>();

    private Box make() {
        Box box = LocalBox.ofThisUser();
        made.add(box);
        begun.complete(box);
        return box;
    }

    @Test
    void connectsBeforeItIsAskedToAndAnewEachTimeAfterThat() throws Exception {
        DialAhead dial = new DialAhead(prompt -> this::make, Prompt.nobody());
        dial.begin();

        Box early = begun.get(10, TimeUnit.SECONDS);

        assertThat(dial.connect()).isSameAs(early);
        assertThat(dial.connect()).isNotSameAs(early);
        assertThat(made).hasSize(2);
    }

    @Test
    void connectsToNothingBeforeItMay() throws Exception {
        CompletableFuture<String> prepared = new CompletableFuture<>();
        DialAhead dial = new DialAhead(
                prompt -> {
                    prepared.complete("settings");
                    return this::make;
                },
                Prompt.nobody());

        prepared.get(10, TimeUnit.SECONDS);

        assertThat(made).isEmpty();
        assertThat(dial.connect()).isSameAs(begun.get(10, TimeUnit.SECONDS));
    }

    @Test
    void saysOnlyWhenItIsAskedWhyThereIsNoConnection() {
        DeployException refused = new DeployException(ExitCode.UNREACHABLE, "refused", "Try again.");
        DialAhead dial = new DialAhead(
                prompt -> () -> {
                    throw refused;
                },
                Prompt.nobody());

        assertThatThrownBy(dial::connect).isSameAs(refused);
    }

    @Test
    void asksNobodyBeforeTheConnectionIsWanted() throws Exception {
        CompletableFuture<String> asking = new CompletableFuture<>();
        CompletableFuture<String> asked = new CompletableFuture<>();
        Prompt person = new Prompt() {
            @Override
            public Optional<String> secret(String question) {
                asked.complete(question);
                return Optional.empty();
            }

            @Override
            public boolean yes(String question) {
                return asked.complete(question);
            }

            @Override
            public boolean attended() {
                return true;
            }
        };
        DialAhead dial = new DialAhead(
                prompt -> () -> {
                    asking.complete("now");
                    prompt.yes("Is it this host?");
                    return make();
                },
                person);
        dial.begin();
        asking.get(10, TimeUnit.SECONDS);
        assertThat(asked).isNotDone();

        dial.connect();

        assertThat(asked).isCompletedWithValue("Is it this host?");
    }
}
