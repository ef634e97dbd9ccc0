package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server asks for during a login is answered only where it is what a person would expect. */
class LoginDialogTest {
    private final List<String> asked = new ArrayList<>();
    private final LoginDialog dialog = new LoginDialog(
            new Prompt() {
                @Override
                public Optional<String> secret(String question) {
                    asked.add(question);
                    return Optional.of("correct horse");
                }

                @Override
                public boolean yes(String question) {
                    asked.add(question);
                    return true;
                }

                @Override
                public boolean attended() {
                    return true;
                }
            },
            "a1");

    private String[] answers(String[] questions, boolean... echo) {
        return dialog.promptKeyboardInteractive("root@a1", "Bank", "Your bank wants to know", questions, echo);
    }

    @Test
    void aHiddenQuestionForAPasswordIsAskedInOurWords() {
        assertThat(answers(new String[] {"\u001b[2J(root@a1) Password: "}, false))
                .containsExactly("correct horse");
        assertThat(asked).containsExactly("Password for a1: ");
    }

    @Test
    void otherQuestionsAreNeitherShownNorAnswered() {
        assertThat(answers(new String[] {"Verification code: "}, false)).isNull();
        assertThat(answers(new String[] {"Mother's maiden name: "}, true)).isNull();
        assertThat(answers(new String[] {"Password: "}, true))
                .as("it would be echoed")
                .isNull();
        assertThat(answers(new String[] {"Password: ", "Password again: "}, false, false))
                .isNull();
        assertThat(dialog.promptYesNo("Trust me?")).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void noQuestionsNeedNoAnswer() {
        assertThat(answers(new String[0])).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aServerThatGoesOnAskingIsAnsweredThreeTimes() {
        for (int i = 0; i < 3; i++) {
            assertThat(answers(new String[] {"Password: "}, false)).isNotNull();
        }
        assertThat(answers(new String[] {"Password: "}, false)).isNull();
        assertThat(asked)
                .containsExactly(
                        "Password for a1: ",
                        "That was not it. Password for a1: ",
                        "That was not it. Password for a1: ");
    }
}
