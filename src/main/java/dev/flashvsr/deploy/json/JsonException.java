package dev.flashvsr.deploy.json;

/**
 * Text that is not JSON, or is more than the limits allow, or a value that is not what was asked for. The message says
 * which, and where; it may quote the text, so it is as trustworthy as that.
 */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JsonException(String message) {
        super(message);
    }

    JsonException(String message, Throwable cause) {
        super(message, cause);
    }

    static JsonException mismatch(String where, String expected, JsonValue found) {
        return new JsonException(where + ": expected " + expected + ", found " + found.kind());
    }
}
