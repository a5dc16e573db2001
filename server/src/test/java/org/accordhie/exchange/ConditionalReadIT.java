package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What has not changed since somebody read it is not told again. Source: FHIR R4, RESTful API, Conditional Read. */
@ExchangeTest
class ConditionalReadIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private String patient = "";

    @BeforeEach
    void somebodyIsKnown() {
        patient = archive.released(Person.CORY, RIVERSIDE_CLINIC, Archive.Stored::isPatient).stream()
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}: {1} is answered with {2}")
    @CsvSource(delimiter = ';', textBlock = """
            If-None-Match;     W/"[current]";                 304
            If-None-Match;     W/"77";                        200
            If-Modified-Since; Wed, 21 Oct 2099 07:28:00 GMT; 304
            If-Modified-Since; Wed, 21 Oct 2015 07:28:00 GMT; 200
            If-Modified-Since; yesterday;                     200
            """)
    void isAnsweredAsAsked(String header, String value, int status) {
        var version =
                read("Accept", "application/fhir+json").path("meta.versionId").toString();

        var answer = read(header, value.replace("[current]", version));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.asString().isEmpty()).isEqualTo(status == 304);
    }

    private Response read(String header, String value) {
        var caller = exchange.as(RIVERSIDE_CLINIC);
        return caller.given().header(header, value).get(caller.base() + "/" + patient);
    }
}
