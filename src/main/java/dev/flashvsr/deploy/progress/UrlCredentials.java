package dev.flashvsr.deploy.progress;

import java.util.ArrayList;
import java.util.List;

/** Logins within addresses, {@code scheme://user:password@host}: they are no less secret for being part of an address. */
public final class UrlCredentials {
    private static final String SHOWN = "[secret]";
    private static final String MARK = "://";

    /** What ends the part of an address that says whose it is. A password may hold an {@code @}. */
    private static final String ENDS = "/?#\"'<>\\";

    /** A user's name that is longer is taken for a token. */
    private static final int LONGEST_NAME = 20;

    private static final int LONGEST_SCHEME = 20;

    private UrlCredentials() {}

    /**
     * A login in a text.
     *
     * @param begin where it begins
     * @param end where its {@code @} is
     * @param colon where its first colon is; negative: it has none
     * @param web whether its address is one of the web
     */
    private record Login(int begin, int end, int colon, boolean web) {}

    /** The text without the logins in its addresses. Of the web each is taken out, for it may be a token alone. */
    public static String hide(String text) {
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (Login login : logins(text)) {
            if (login.web() || login.colon() >= 0) {
                shown.append(text, from, login.begin()).append(SHOWN);
                from = login.end();
            }
        }
        return from == 0 ? text : shown.append(text, from, text.length()).toString();
    }

    /** The passwords and tokens in a text's addresses; a user's name alone is none. */
    public static List<String> passwords(String text) {
        List<String> passwords = new ArrayList<>();
        for (Login login : logins(text)) {
            String password = text.substring(login.colon() < 0 ? login.begin() : login.colon() + 1, login.end());
            if (login.colon() < 0 ? login.web() && password.length() > LONGEST_NAME : !password.isEmpty()) {
                passwords.add(password);
            }
        }
        return passwords;
    }

    private static List<Login> logins(String text) {
        List<Login> logins = new ArrayList<>();
        for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, mark + MARK.length())) {
            int begin = mark + MARK.length();
            int at = -1;
            int colon = -1;
            for (int i = begin; i < text.length() && !endsHost(text.charAt(i)); i++) {
                if (text.charAt(i) == '@') {
                    at = i;
                } else if (text.charAt(i) == ':' && colon < 0) {
                    colon = i;
                }
            }
            String scheme = scheme(text, mark);
            if (at > begin && !scheme.isEmpty()) {
                boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
                logins.add(new Login(begin, at, colon < at ? colon : -1, web));
            }
        }
        return logins;
    }

    private static boolean endsHost(char c) {
        return c <= ' ' || ENDS.indexOf(c) >= 0;
    }

    private static String scheme(String text, int end) {
        int begin = end;
        while (begin > 0 && end - begin < LONGEST_SCHEME && isOfScheme(text.charAt(begin - 1))) {
            begin--;
        }
        return text.substring(begin, end);
    }

    private static boolean isOfScheme(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '.' || c == '-';
    }
}
