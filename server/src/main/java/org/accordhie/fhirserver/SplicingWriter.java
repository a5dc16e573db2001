package org.accordhie.fhirserver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the JSON of a resource or of a bundle, and at the end of each resource puts in what was left out of it. Everything is
 * kept until the writer is closed, and put together when it is flushed at its end, as HAPI does: a failure can then still be
 * told, while one of closing is not heard. Used by one thread.
 */
final class SplicingWriter extends Writer {

    /** As long texts as HAPI's own parser takes. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Writer out;
    private final boolean isBundle;
    private final List<@Nullable String> rests;
    private final StringWriter kept = new StringWriter();
    private final Nesting nesting = new Nesting();
    private @Nullable CharSequence whole;

    /**
     * Writes to another writer.
     *
     * @param isBundle whether the resources are those of a bundle's entries; else there is one
     * @param rests for each resource in its order, what goes before its last brace, with a comma before it; null for nothing. Where
     *     there are none, what is written is what comes
     */
    SplicingWriter(Writer out, boolean isBundle, List<@Nullable String> rests) {
        this.out = out;
        this.isBundle = isBundle;
        this.rests = rests;
    }

    @Override
    public void write(char[] characters, int from, int length) {
        if (whole != null && length > 0) {
            throw new IllegalStateException("an answer goes on after its end");
        }
        kept.write(characters, from, length);
        for (int index = from; index < from + length; index++) {
            nesting.add(characters[index]);
        }
    }

    @Override
    public void flush() {
        // HAPI flushes in the middle too.
        if (whole == null && nesting.isOver()) {
            whole = spliced(kept.toString());
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.append(whole == null ? spliced(kept.toString()) : whole);
        }
    }

    private CharSequence spliced(String json) {
        if (rests.isEmpty()) {
            return json;
        }
        var together = new StringBuilder(json.length() * 4);
        var remaining = rests.iterator();
        var taken = 0;
        try (var parser = JSON.createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.END_OBJECT && endsResource(parser.getParsingContext())) {
                    var end = (int) parser.currentTokenLocation().getCharOffset();
                    var rest = remaining.next();
                    together.append(json, taken, end).append(rest == null ? "" : rest);
                    taken = end;
                }
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        if (remaining.hasNext()) {
            throw new IllegalStateException("an answer has fewer resources than it was made of");
        }
        return together.append(json, taken, json.length());
    }

    /** How deep in JSON a text is that comes by and by. */
    private static final class Nesting {

        private int depth;
        private boolean begun;
        private boolean inString;
        private boolean escaped;

        void add(char next) {
            if (escaped) {
                escaped = false;
                return;
            }
            switch (next) {
                case '"' -> inString = !inString;
                case '\\' -> escaped = inString;
                case '{', '[' -> nest(1);
                case '}', ']' -> nest(-1);
                default -> {
                    // Nothing that opens or closes.
                }
            }
        }

        private void nest(int by) {
            if (!inString) {
                depth += by;
                begun = true;
            }
        }

        boolean isOver() {
            return begun && depth == 0;
        }
    }

    /** Whether the object that has ended in this place is the only resource, or that of a bundle's entry. */
    private boolean endsResource(JsonStreamContext place) {
        if (!isBundle || place.inRoot()) {
            return !isBundle && place.inRoot();
        }
        var entries = place.getParent();
        return "resource".equals(place.getCurrentName())
                && entries.inArray()
                && "entry".equals(entries.getParent().getCurrentName())
                && entries.getParent().getParent().inRoot();
    }
}
