package dev.flashvsr.deploy.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who submits runs, and from where; the box shows it to whoever finds a run there.
 *
 * @param user login name here
 * @param host name of this machine
 */
public record Submitter(String user, String host) {
    private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

    /** This user on this machine. */
    public static Submitter here() {
        return new Submitter(System.getProperty("user.name", "unknown"), hostName(KERNEL_NAME));
    }

    /** Asks the kernel, which knows the name also where no resolver does. */
    static String hostName(Path kernel) {
        try {
            String name = Files.readString(kernel).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            // Not on Linux.
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }
}
