package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Problem;
import dev.flashvsr.deploy.problem.SourceLocation;
import java.util.Optional;

/** Where a value stands in the user's file; makes problems that show its line. */
public final class Place {
    private final Source source;
    private final int line;
    private final int column;
    private final int length;

    /** Line and column count from 0 (in code points), as the parser counts them; length is that of the underline. */
    Place(Source source, int line, int column, int length) {
        this.source = source;
        this.line = line;
        this.column = column;
        this.length = length;
    }

    /** File, line and column. */
    public SourceLocation location() {
        return new SourceLocation(source.file(), line + 1, column + 1);
    }

    /** What is wrong here. */
    public Problem problem(String what) {
        return problem(what, Optional.empty());
    }

    /** What is wrong here, and what would be right. */
    public Problem problem(String what, Optional<String> next) {
        return new Problem(Optional.of(location()), what, next, source.excerpt(line, column, length));
    }

    @Override
    public String toString() {
        return location().toString();
    }
}
