package org.accordhie.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every search parameter and every include is a decision, for it is one more way to sense a record: whoever opens one, or a HAPI
 * that brings one, changes {@code parameters.txt} too. The list holds for every role; what a role may search at all its scopes say.
 */
@ExchangeTest
class SearchParametersIT {

    private static final String DECIDED = "/org/accordhie/fhirserver/parameters.txt";

    @Autowired
    Exchange exchange;

    @Test
    void areThoseThatWereDecidedOn() throws IOException {
        var told = new ArrayList<String>();
        var statement = Caller.tree(given().get(exchange.base() + "/metadata").asString());
        for (var resource : statement.path("rest").path(0).path("resource")) {
            var names = new TreeSet<String>();
            for (var parameter : resource.path("searchParam")) {
                names.add("by " + parameter.path("name").asText() + " "
                        + parameter.path("type").asText());
            }
            resource.path("searchInclude").forEach(include -> names.add("_include " + include.asText()));
            resource.path("searchRevInclude").forEach(include -> names.add("_revinclude " + include.asText()));
            var type = resource.path("type").asText();
            names.forEach(name -> told.add(type + " " + name));
        }

        told.sort(null);
        assertThat(String.join("\n", told) + "\n").isEqualTo(decided());
    }

    private static String decided() throws IOException {
        try (var file = SearchParametersIT.class.getResourceAsStream(DECIDED)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
