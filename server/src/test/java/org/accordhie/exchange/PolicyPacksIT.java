package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.accordhie.local.Commands;
import org.junit.jupiter.api.Test;

/** An exchange starts with the packs its settings name, and not without a default. */
class PolicyPacksIT {

    @Test
    void anOptInExchangeReleasesNothingWithoutAYes() throws Exception {
        var settings = FreshExchange.settings();
        settings.put("accord.policies.packs", "us-opt-in,research-strict");
        var server = SecondServer.start(settings);
        try {
            var visit = Visit.of("bob");
            server.lakeside().post("", visit.bundle()).then().statusCode(200);
            var officer = server.as(PRIVACY_OFFICER);
            var bob = officer.search("Patient?identifier=" + visit.token())
                    .matches()
                    .get(0);
            assertThat(officer.search(Policies.ALL).total()).isEqualTo(6);

            server.as(RIVERSIDE_CLINIC).get(bob).then().statusCode(404);
            officer.post("Consent", Consents.share(bob)).then().statusCode(201);
            server.as(RIVERSIDE_CLINIC).get(bob).then().statusCode(200);

            var visitOfCarol = Visit.of("carol");
            server.lakeside().post("", visitOfCarol.bundle()).then().statusCode(200);
            var carols = "Patient?_summary=count&identifier=" + visitOfCarol.token();
            assertThat(server.as(RIVERSIDE_CLINIC).search(carols).total()).isZero();
            officer.post("", replacement("us-opt-out")).then().statusCode(200);
            assertThat(server.as(RIVERSIDE_CLINIC).search(carols).total()).isOne();
            assertThat(officer.search(Policies.ALL + "&status=active").total()).isEqualTo(3);
        } finally {
            server.stop();
        }
    }

    @Test
    void withoutADefaultThereIsNoExchange() throws Exception {
        var settings = FreshExchange.settings();
        settings.put("accord.policies.packs", "research-strict");

        assertThat(SecondServer.refusal(settings))
                .contains("names no pack with a policy of the kind DEFAULT")
                .contains("name us-opt-out or us-opt-in too")
                .doesNotContain("\tat ");
    }

    /** What the command prints. */
    private static String replacement(String pack) {
        var console = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            Commands.run("policies", "--replace", pack);
        } finally {
            System.setOut(console);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
