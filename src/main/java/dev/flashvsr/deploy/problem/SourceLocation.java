package dev.flashvsr.deploy.problem;

/** A place in a file that the user wrote; {@code line} and {@code column} count from 1. */
public record SourceLocation(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
