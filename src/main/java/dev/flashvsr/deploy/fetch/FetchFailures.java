package dev.flashvsr.deploy.fetch;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.net.URI;

/** What is said when this machine can't fetch something; exit status 1 each. */
final class FetchFailures {
    private FetchFailures() {}

    static DeployException refused(URI address, int status) {
        return failed(
                address + " refuses this machine (HTTP " + status + ").",
                "A mirror may serve it: set the variable that holds this address. If it asks for a login, set HF_TOKEN to one"
                        + " that may read it.");
    }

    static DeployException notThere(URI address, int status) {
        return failed(
                address + " is not there (HTTP " + status + ").", "Is the address right, and is the mirror complete?");
    }

    static DeployException unexpected(URI address, int status) {
        return failed(address + " answers HTTP " + status + ".", "Is the address right?");
    }

    static DeployException wrong(URI address, String got, String wanted) {
        return failed(
                address + " has the SHA-256 " + got + ", but " + wanted + " is pinned.",
                "The mirror is wrong, or the pin is.");
    }

    static DeployException insecure(URI address, Exception cause) {
        return new DeployException(
                ExitCode.FAILED,
                "The certificate of " + address.getHost() + " is not accepted by this machine: " + cause.getMessage()
                        + ".",
                "Is this machine's clock right, and does something in between read along?",
                cause);
    }

    static DeployException givenUp(URI address, String why) {
        return failed(
                "This machine can't fetch " + address + " either: " + why + ". What has come is kept.",
                "Is it connected, and is a proxy needed (https_proxy)? The same command goes on where it was.");
    }

    static DeployException busy(URI address) {
        return failed(
                address.getHost()
                        + " takes no more requests from this machine for now (HTTP 429). What has come is kept.",
                "Wait a while; it may take more with a token: set HF_TOKEN.");
    }

    static DeployException failed(String what, String next) {
        return new DeployException(ExitCode.FAILED, what, next);
    }
}
