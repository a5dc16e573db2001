package org.accordhie.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PoliciesCommandTest {

    @Test
    void listsThePacksWithTheirRules() {
        assertThat(said("--list"))
                .contains("us-opt-out\n  DEFAULT          Treatment, payment")
                .contains("research-strict\n  REQUIRES-CONSENT Research");
    }

    @Test
    void showsAPackAsItIsShipped() {
        assertThat(said("--show", "us-part2"))
                .startsWith("{\n  \"resourceType\": \"Bundle\"")
                .contains("policy-us-part2-proceedings");
    }

    @Test
    void replacesEveryOtherShippedRule() {
        var bundle = said("--replace", "us-opt-in,research-strict").replaceAll("\\s+", " ");

        assertThat(bundle.split("\"status\" : \"active\"", -1)).hasSize(7);
        assertThat(bundle.split("\"status\" : \"inactive\"", -1)).hasSize(3);
        assertThat(bundle).contains("\"request\" : { \"method\" : \"PUT\", \"url\" : \"Consent/policy-us-opt-in\" }");
    }

    @Test
    void knowsNoOtherPack() {
        assertThat(Commands.run("policies", "--show", "../application.yaml")).isEqualTo(2);
        assertThat(Commands.run("policies")).isEqualTo(2);
    }

    private static String said(String... options) {
        var arguments = new String[options.length + 1];
        arguments[0] = "policies";
        System.arraycopy(options, 0, arguments, 1, options.length);
        var console = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            assertThat(Commands.run(arguments)).isZero();
        } finally {
            System.setOut(console);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
