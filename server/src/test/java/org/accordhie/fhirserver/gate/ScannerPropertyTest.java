package org.accordhie.fhirserver.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.accordhie.fhirserver.gate.GateVerdict.Passed;
import org.accordhie.fhirserver.gate.GateVerdict.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for whatever bytes come in; a failure names its seed. */
class ScannerPropertyTest {

    private static final BodyBounds BOUNDS = new BodyBounds(64, 10_000);
    private static final int CASES = 20_000;

    private final JsonScanner json = new JsonScanner(BOUNDS);
    private final XmlScanner xml = new XmlScanner(BOUNDS);
    private final JsonFactory jackson = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void agreesWithJacksonOnEveryBodyInsideTheLimits() {
        var passed = 0;
        for (var seed = 0; seed < CASES; seed++) {
            var body = new SomeJson(seed).body();
            var verdict = json.scan(body);
            var accepted = isAcceptedByJackson(body);

            if (verdict instanceof Passed) {
                passed++;
                assertThat(accepted)
                        .as("seed %d: passed, so Jackson reads it", seed)
                        .isTrue();
            } else if (verdict instanceof Refused refused && isAboutSyntax(refused.problem())) {
                assertThat(accepted).as("seed %d: %s", seed, refused).isFalse();
            }
        }
        assertThat(passed).isBetween(CASES / 5, CASES * 4 / 5);
    }

    @Test
    void anyBytesEndInAVerdict() {
        for (var seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);

            assertThat(json.scan(noise)).as("seed %d", seed).isInstanceOf(Refused.class);
            assertThat(json.scanPatch(noise)).as("seed %d", seed).isNotNull();
            assertThat(xml.scan(noise)).as("seed %d", seed).isInstanceOf(Refused.class);
        }
    }

    @Test
    void anyDamagedXmlEndsInAVerdict() {
        var whole = ("<?xml version='1.0'?><Bundle xmlns='http://hl7.org/fhir'><entry><resource><Patient><name>"
                        + "<family value='M&#252;ller &amp; S\u00f6hne'/></name><!-- c --><![CDATA[ x ]]></Patient>"
                        + "</resource></entry></Bundle>")
                .getBytes(StandardCharsets.UTF_8);
        for (var seed = 0; seed < CASES / 4; seed++) {
            var random = new Random(seed);
            var damaged = whole.clone();
            for (var i = 0; i <= random.nextInt(3); i++) {
                var alphabet = "<>&;'\"!?[]-/= \n\u0000x";
                damaged[random.nextInt(damaged.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }

            assertThat(xml.scan(damaged)).as("seed %d", seed).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[%s0]}|1,",
                "{\"a\":[%s0]}|{\"b\":\"c\"},",
                "{\"a\":\"%s\"}|x",
                "{\"a\":%s}|1",
                "{\"value\":\"%s\"}|1",
                "{\"a%s\":1}|a",
                "%s{}|\n",
                "{\"a\":[%s0]}|\"1e999999999\",",
                "<Patient>%s</Patient>|<id value='1'/>",
                "<Patient><id value='%s'/></Patient>|1",
                "<Patient>%s|<!---->"
            })
    void twoMegabytesTakeNoTimeToSpeakOf(String pattern) {
        var parts = pattern.split("\\|", -1);
        var body = parts[0].replace("%s", parts[1].repeat(2_097_152 / parts[1].length()))
                .getBytes(StandardCharsets.UTF_8);

        var start = System.nanoTime();
        var verdict = pattern.startsWith("<") ? xml.scan(body) : json.scan(body);

        // A quadratic scan would take minutes; a linear one on the slowest machine takes far less than this.
        assertThat(verdict).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private static boolean isAboutSyntax(Problem problem) {
        return switch (problem) {
            case MALFORMED, NOT_UTF8, TRAILING_CONTENT, DUPLICATE_NAME -> true;
            default -> false;
        };
    }

    private boolean isAcceptedByJackson(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return isAcceptedByJackson(text);
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private boolean isAcceptedByJackson(String text) {
        try (JsonParser parser = jackson.createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }
}
