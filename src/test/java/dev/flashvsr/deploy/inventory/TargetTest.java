package dev.flashvsr.deploy.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    private static final Target.Remote A1 = new Target.Remote(
            "a1",
            Optional.of("root"),
            "203.0.113.7",
            OptionalInt.of(40022),
            Optional.of("~/.ssh/a1"),
            Price.parse("1.50 USD/h"),
            List.of(),
            true);
    private static final Inventory INVENTORY = new Inventory(Map.of("a1", A1));

    @Test
    void localIsThisMachine() {
        assertThat(Target.parse("local", INVENTORY)).isEqualTo(new Target.Local());
    }

    @Test
    void aNameOfTheInventoryIsItsBox() {
        assertThat(Target.parse("a1", INVENTORY)).isEqualTo(A1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gpu,                      -,        gpu,          -",
                "gpu.example.org,          -,        gpu.example.org, -",
                "root@203.0.113.7,         root,     203.0.113.7,  -",
                "root@203.0.113.7:40022,   root,     203.0.113.7,  40022",
                "host:22,                  -,        host,         22",
                "user@corp@host:1,         user@corp, host,        1",
                "[2001:db8::7],            -,        2001:db8::7,  -",
                "root@[2001:db8::7]:65535, root,     2001:db8::7,  65535",
                "[::1]:22,                 -,        ::1,          22",
                "[fe80::1%eth0]:22,        -,        fe80::1%eth0, 22"
            })
    void anAddressIsTakenApart(String text, String user, String host, Integer port) {
        Target.Remote remote = (Target.Remote) Target.parse(text, INVENTORY);

        assertThat(remote.name()).isEqualTo(text);
        assertThat(remote.user()).isEqualTo(Optional.ofNullable(user));
        assertThat(remote.host()).isEqualTo(host);
        assertThat(remote.port()).isEqualTo(port == null ? OptionalInt.empty() : OptionalInt.of(port));
        assertThat(remote.fromInventory()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                  | \"\" is not a host name or an address",
                "-oProxyCommand=x    | \"-oProxyCommand=x\" is not a host name or an address",
                "-l@host             | the part before the @ is not a user name",
                "@host               | the part before the @ is not a user name",
                "root@               | \"\" is not a host name or an address",
                "root@host:          | the port must be a number from 1 to 65535, not \"\"",
                "root@host:ssh       | the port must be a number from 1 to 65535, not \"ssh\"",
                "root@host:0         | the port must be a number from 1 to 65535, not \"0\"",
                "root@host:65536     | the port must be a number from 1 to 65535, not \"65536\"",
                "root@host:22:23     | the port must be a number from 1 to 65535, not \"22:23\"",
                "2001:db8::7         | an IPv6 address needs brackets: [2001:db8::7]",
                "[203.0.113.7]:22    | in the brackets is no IPv6 address",
                "[::1]22             | \"[\" is not a host name or an address",
                "ssh://root@host     | an address has no \"://\"",
                "two words           | \"two words\" is not a host name or an address",
                "'host;reboot'       | \"host;reboot\" is not a host name or an address"
            })
    void whatIsNoTargetIsRefusedWithTheFormsThereAre(String text, String why) {
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> Target.parse(text, INVENTORY))
                .withMessage("The target \"" + text + "\" can't be read: " + why + ".")
                .satisfies(e -> {
                    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(e.next().orElseThrow())
                            .contains(
                                    "local",
                                    "env/boxes.yaml (a1)",
                                    "~/.ssh/config",
                                    "[user@]host[:port]",
                                    "[2001:db8::7]");
                });
    }
}
