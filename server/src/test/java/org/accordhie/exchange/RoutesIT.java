package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every route is a decision: whoever adds one, or a HAPI that brings one, changes {@code routes.txt} too. */
@ExchangeTest
class RoutesIT {

    private static final String DECIDED = "/org/accordhie/fhirserver/routes.txt";

    @Autowired
    RestfulServer server;

    @Test
    void areThoseThatWereDecidedOn() throws IOException {
        var bound = Stream.concat(
                        server.getResourceBindings().stream().flatMap(type -> type.getMethodBindings().stream()),
                        server.getServerBindings().stream())
                .map(RoutesIT::describe)
                .sorted()
                .toList();

        assertThat(String.join("\n", bound) + "\n").isEqualTo(decided());
    }

    private static String describe(BaseMethodBinding route) {
        return Objects.requireNonNullElse(route.getResourceName(), "(server)") + " "
                + route.getRestOperationType().getCode() + " " + nameOf(route);
    }

    private static String nameOf(BaseMethodBinding route) {
        return route instanceof OperationMethodBinding operation
                ? operation.getName()
                : route.getMethod().getDeclaringClass().getSimpleName() + "."
                        + route.getMethod().getName();
    }

    private static String decided() throws IOException {
        try (var file = RoutesIT.class.getResourceAsStream(DECIDED)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
