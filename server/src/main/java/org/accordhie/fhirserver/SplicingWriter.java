package org.accordhie.fhirserver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the JSON of a resource or of a bundle, and at the end of each resource puts in what was left out of it. Everything is
 * kept until the writer is closed. Used by one thread.
 */
final class SplicingWriter extends Writer {

    private static final JsonFactory JSON = new JsonFactory();

    private final Writer out;
    private final boolean isBundle;
    private final List<@Nullable String> rests;
    private final StringWriter kept = new StringWriter();

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
        kept.write(characters, from, length);
    }

    @Override
    public void flush() {
        // Nothing can be written before all of it is there.
    }

    @Override
    public void close() throws IOException {
        // First: while nothing is sent, a failure can still be told as one.
        var whole = spliced(kept.toString());
        try (out) {
            out.append(whole);
        }
    }

    private CharSequence spliced(String json) {
        if (rests.isEmpty()) {
            return json;
        }
        var whole = new StringBuilder(json.length() * 4);
        var remaining = rests.iterator();
        var taken = 0;
        try (var parser = JSON.createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.END_OBJECT && endsResource(parser.getParsingContext())) {
                    var end = (int) parser.currentTokenLocation().getCharOffset();
                    var rest = remaining.next();
                    whole.append(json, taken, end).append(rest == null ? "" : rest);
                    taken = end;
                }
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        if (remaining.hasNext()) {
            throw new IllegalStateException("an answer has fewer resources than it was made of");
        }
        return whole.append(json, taken, json.length());
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
