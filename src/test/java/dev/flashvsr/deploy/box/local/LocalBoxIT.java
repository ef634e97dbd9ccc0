package dev.flashvsr.deploy.box.local;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxContract;
import dev.flashvsr.deploy.box.Login;
import java.nio.file.Path;

/** The contract on this machine. */
class LocalBoxIT extends BoxContract {
    @Override
    protected Box connect(Login login) {
        return new LocalBox("local", Path.of(login.shell()), login.environment());
    }
}
