package org.accordhie.local;

import java.net.URI;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** The commands that get a token for each development partner, shown on the console once the server answers. */
final class TokenCommands {

    private final URI tokenEndpoint;
    private final URI baseUrl;

    TokenCommands(URI tokenEndpoint, URI baseUrl) {
        this.tokenEndpoint = tokenEndpoint;
        this.baseUrl = baseUrl;
    }

    @EventListener(ApplicationReadyEvent.class)
    void show() {
        System.out.println(text());
    }

    /** Each command leaves its token in the shell variable {@code TOKEN}. */
    String text() {
        var commands =
                DevelopmentPartner.CONFIDENTIAL.stream().map(this::command).collect(Collectors.joining("\n"));
        return """

        Accord answers at %s

        A token for each development partner, left in $TOKEN (their secrets are public):

        %s
        What the partner may see with it:

          curl -s -H "Authorization: Bearer $TOKEN" %s/Patient

        With the partner's key instead of its secret (accord token --help), and apps that people launch:
        docs/smart-development.md
        """.formatted(baseUrl, commands, baseUrl);
    }

    private String command(DevelopmentPartner partner) {
        var purpose = partner.purposes().get(0);
        var parameters = "-d 'scope=" + partner.exampleScope() + "' -d purpose_of_use=" + purpose
                + (partner.isPatientApp() ? " -d patient=PATIENT_ID" : "");
        return """
          # %s, %s
          TOKEN=$(curl -s -u %s:%s %s \\
            -d grant_type=client_credentials %s \\
            | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
        """.formatted(
                partner.organizationName(), purpose, partner.clientId(), partner.secret(), tokenEndpoint, parameters);
    }
}
