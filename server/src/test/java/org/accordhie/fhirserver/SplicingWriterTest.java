package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was left out of a resource is put in where it ends, and nowhere else. */
class SplicingWriterTest {

    private static final String BUNDLE = """
            {"resourceType":"Bundle","link":[{"relation":"self"}],"entry":[\
            {"resource":{"resourceType":"Patient","id":"a","meta":{"tag":[{"code":"}"}]}},"search":{"mode":"match"}},\
            {"response":{"status":"204"}},\
            {"resource":{"resourceType":"Parameters","parameter":[{"resource":{"resourceType":"Patient"}}]}},\
            {"resource":{"resourceType":"Patient","id":"b"}}]}""";

    @Test
    void aSingleResourceIsMadeWhole() throws IOException {
        assertThat(spliced("{\"resourceType\":\"Patient\",\"meta\":{\"versionId\":\"1\"}}", false, ",\"active\":true"))
                .isEqualTo("{\"resourceType\":\"Patient\",\"meta\":{\"versionId\":\"1\"},\"active\":true}");
    }

    @Test
    void eachEntryGetsItsOwnAndThoseThatAreWholeGetNothing() throws IOException {
        assertThat(spliced(BUNDLE, true, ",\"active\":true", null, ",\"gender\":\"female\""))
                .isEqualTo("""
                {"resourceType":"Bundle","link":[{"relation":"self"}],"entry":[\
                {"resource":{"resourceType":"Patient","id":"a","meta":{"tag":[{"code":"}"}]},"active":true},\
                "search":{"mode":"match"}},\
                {"response":{"status":"204"}},\
                {"resource":{"resourceType":"Parameters","parameter":[{"resource":{"resourceType":"Patient"}}]}},\
                {"resource":{"resourceType":"Patient","id":"b","gender":"female"}}]}""");
    }

    @Test
    void whereNothingIsPutInTheTextStaysAsItIs() throws IOException {
        assertThat(spliced(BUNDLE, true)).isEqualTo(BUNDLE);
        assertThat(spliced("<Patient/>", false)).isEqualTo("<Patient/>");
    }

    @Test
    void nothingIsSentOfAnAnswerThatIsNotWhatItShouldBe() throws IOException {
        var sent = new ArrayList<String>();
        var out = new StringWriter() {
            @Override
            public void close() {
                sent.add(toString());
            }
        };
        var writer = new SplicingWriter(out, true, List.of(",\"active\":true", "", "", ",\"active\":false"));
        writer.write(BUNDLE);

        // HAPI hears of it while it writes, and not when it closes.
        assertThatThrownBy(writer::flush).isInstanceOf(IllegalStateException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void aFlushInTheMiddleIsNoEnd() throws IOException {
        var out = new StringWriter();
        try (var writer = new SplicingWriter(out, false, List.of(",\"active\":true"))) {
            for (var character : "{\"a\":{\"b\":\"}\\\"]}\"},\"c\":[{}]}".split("", -1)) {
                writer.write(character);
                writer.flush();
            }
        }

        assertThat(out).hasToString("{\"a\":{\"b\":\"}\\\"]}\"},\"c\":[{}],\"active\":true}");
    }

    @Test
    void nothingComesAfterTheEnd() throws IOException {
        var writer = new SplicingWriter(new StringWriter(), false, List.of(",\"active\":true"));
        writer.write("{\"resourceType\":\"Patient\"}", 0, 26);
        writer.flush();
        writer.flush();

        assertThatThrownBy(() -> writer.write('x')).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void textsAreAsLongAsTheyAre() throws IOException {
        var data = "A".repeat(21_000_000);

        assertThat(spliced("{\"resourceType\":\"Binary\",\"data\":\"" + data + "\"}", false, ",\"x\":1"))
                .endsWith("\",\"x\":1}")
                .hasSizeGreaterThan(21_000_000);
    }

    private static String spliced(String json, boolean isBundle, @Nullable String... rests) throws IOException {
        var out = new StringWriter();
        List<@Nullable String> put = Arrays.asList(rests);
        try (var writer = new SplicingWriter(out, isBundle, put)) {
            writer.write(json);
        }
        return out.toString();
    }
}
