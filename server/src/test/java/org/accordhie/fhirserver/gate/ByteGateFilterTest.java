package org.accordhie.fhirserver.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Stream;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.OutcomeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ByteGateFilterTest {

    private static final String PATIENT = "{\"resourceType\":\"Patient\"}";
    private static final int BODY_BYTES = 1000;
    private static final int FORM_BYTES = 300;

    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();
    private final ByteGateFilter filter = new ByteGateFilter(
            new AccordProperties.Limits(BODY_BYTES, 8, 3, 200, FORM_BYTES, Duration.ofSeconds(60), 50, 500),
            new OutcomeWriter());

    @ParameterizedTest
    @CsvSource({
        "POST, /fhir/Patient, application/fhir+json",
        "PUT, /fhir/Patient/1, application/json; charset=UTF-8",
        "PUT, /fhir/Patient/1, Application/FHIR+JSON;Charset=\"utf-8\"; fhirVersion=4.0",
        "PATCH, /fhir/Patient/1, application/fhir+json",
        "POST, /fhir, application/json"
    })
    void handsOnAnAcceptedBody(String method, String path, String contentType) throws Exception {
        filter.doFilter(request(method, path, contentType, PATIENT), response, chain);

        var handedOn = (HttpServletRequest) Objects.requireNonNull(chain.getRequest());
        assertThat(handedOn.getInputStream().readAllBytes()).asString().isEqualTo(PATIENT);
        assertThat(handedOn.getContentLength()).isEqualTo(PATIENT.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH | /fhir/Patient/1 | application/json-patch+json | [{\"op\":\"remove\",\"path\":\"/name\"}]",
                "POST | /fhir/Patient | application/fhir+xml | <Patient/>",
                "POST | /fhir/Patient | text/xml | <Patient/>",
                "POST | /fhir/Patient/_search | application/x-www-form-urlencoded | name=M%C3%BCller&birthdate=gt1970",
                "POST | /fhir/Patient/_search | application/x-www-form-urlencoded | ``",
                "POST | /fhir/Patient/1/$everything | application/fhir+json | ``"
            })
    void passesEachKindOfBodyWhereItBelongs(String method, String path, String type, String body) throws Exception {
        filter.doFilter(request(method, path, type, body), response, chain);

        assertThat(chain.getRequest()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /fhir/Patient | text/plain | x | 415 | not-supported",
                "POST | /fhir/Patient | multipart/form-data | x | 415 | not-supported",
                "POST | /fhir/Patient | nonsense | x | 415 | not-supported",
                "POST | /fhir/Patient | application/fhir+json;charset=ISO-8859-1 | {} | 415 | not-supported",
                "POST | /fhir/Patient | application/json-patch+json | [] | 415 | not-supported",
                "POST | /fhir/Patient | application/x-www-form-urlencoded | a=b | 415 | not-supported",
                "PUT | /fhir/Patient/_search | application/x-www-form-urlencoded | a=b | 415 | not-supported",
                "POST | /fhir/Patient | application/fhir+json | `` | 400 | structure",
                "PUT | /fhir/Patient/1 | application/fhir+json | [] | 400 | structure",
                "PATCH | /fhir/Patient/1 | application/json | [] | 400 | structure",
                "POST | /fhir/Patient | application/fhir+xml | <!DOCTYPE x><Patient/> | 400 | structure",
                "POST | /fhir/Patient | application/fhir+json | {\"a\":1e999999999} | 400 | value",
                "POST | /fhir | application/json | {\"entry\":[1,2,3,4]} | 413 | too-long",
                "POST | /fhir/Encounter/_search | application/x-www-form-urlencoded | length=1e999 | 400 | value",
                "POST | /fhir/Patient/_search | application/x-www-form-urlencoded | name=%00 | 400 | value",
                "GET | /fhir/Patient | application/fhir+json | {} | 400 | structure",
                "DELETE | /fhir/Patient/1 | application/fhir+json | {} | 400 | structure"
            })
    void refusesWithStatusAndIssueCode(
            String method, String path, String type, String body, int status, String issueCode) throws Exception {
        filter.doFilter(request(method, path, type, body), response, chain);

        assertRefused(status, issueCode);
    }

    @Test
    void refusesASearchFormThatNoAddressWouldHold() throws Exception {
        var form = "name=" + "a,".repeat(FORM_BYTES / 2);

        filter.doFilter(
                request("POST", "/fhir/Patient/_search", "application/x-www-form-urlencoded", form), response, chain);

        assertRefused(413, "too-long");
    }

    @Test
    void handsOnTheParametersOfAForm() throws Exception {
        var request = request(
                "POST",
                "/fhir/Patient/_search",
                "application/x-www-form-urlencoded",
                "name=M%C3%BCller+M&flag&name=a%26b&");
        request.addParameter("name", "Meier");
        request.addParameter("_count", "5");

        filter.doFilter(request, response, chain);

        var passed = chain.getRequest();
        assertThat(passed).isNotNull();
        assertThat(passed.getParameterValues("name")).containsExactly("Meier", "Müller M", "a&b");
        assertThat(passed.getParameter("_count")).isEqualTo("5");
        assertThat(passed.getParameter("flag")).isEmpty();
        assertThat(passed.getParameter("other")).isNull();
        assertThat(Collections.list(passed.getParameterNames())).containsExactly("name", "_count", "flag");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name=%0A | 400 | value",
                "name=%7f | 400 | value",
                "name=%zz | 400 | value",
                "name=%4 | 400 | value",
                "name=%ff | 400 | value",
                "value-quantity=gt1e999999999 | 400 | value",
                "value-quantity=ap1%65999999999%7C%7Cmg | 400 | value",
                "value-quantity=XYZ1e999999999 | 400 | value",
                "code-value-quantity=x$1e999999999 | 400 | value",
                "_has:Observation:patient:value-quantity=1e999999999 | 400 | value",
                "encounter.length=5.4,1e999999999 | 400 | value"
            })
    void refusesADangerousQuery(String query, int status, String issueCode) throws Exception {
        var request = request("GET", "/fhir/Observation", "", "");
        request.setQueryString(query);

        filter.doFilter(request, response, chain);

        assertRefused(status, issueCode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=M%C3%BCller+Meier&_count=5",
                "identifier=urn:x|12E4567&_id=1e99999",
                "value-quantity=gt5.4e3||mg",
                "flag&=x&a=b=c"
            })
    void passesAnOrdinaryQuery(String query) throws Exception {
        var request = request("GET", "/fhir/Observation", "", "");
        request.setQueryString(query);

        filter.doFilter(request, response, chain);

        assertThat(chain.getRequest()).isNotNull();
    }

    @Test
    void refusesADangerousConditionalCreate() throws Exception {
        var request = request("POST", "/fhir/Observation", "application/fhir+json", "{}");
        request.addHeader("If-None-Exist", "value-quantity=1e999999999");

        filter.doFilter(request, response, chain);

        assertRefused(400, "value");
    }

    @Test
    void refusesALongAddress() throws Exception {
        var request = request("GET", "/fhir/Patient", "", "");
        request.setQueryString("name=" + "x".repeat(200));

        filter.doFilter(request, response, chain);

        assertRefused(414, "too-long");
    }

    @Test
    void refusesLargeHeaders() throws Exception {
        var request = request("GET", "/fhir/Patient", "", "");
        for (var i = 0; i < 20; i++) {
            request.addHeader("X-Header", "x".repeat(1000));
        }

        filter.doFilter(request, response, chain);

        assertRefused(431, "too-long");
    }

    @Test
    void refusesABodyThatIsShorterThanItAnnounced() throws Exception {
        var request = new MockHttpServletRequest("POST", "/fhir/Patient") {
            @Override
            public long getContentLengthLong() {
                return PATIENT.length() + 1L;
            }
        };
        request.setContentType("application/fhir+json");
        request.setContent(PATIENT.getBytes(StandardCharsets.UTF_8));

        filter.doFilter(request, response, chain);

        assertRefused(400, "structure");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesALargeBodyAnnouncedOrNot(boolean announced) throws Exception {
        var body = PATIENT + " ".repeat(BODY_BYTES);
        var request = new MockHttpServletRequest("POST", "/fhir/Patient") {
            @Override
            public long getContentLengthLong() {
                return announced ? super.getContentLengthLong() : -1;
            }
        };
        request.setContentType("application/fhir+json");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));

        filter.doFilter(request, response, chain);

        assertRefused(413, "too-long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "identity, gzip"})
    void refusesACompressedBody(String encoding) throws Exception {
        var request = request("POST", "/fhir/Patient", "application/fhir+json", PATIENT);
        request.addHeader("Content-Encoding", encoding);

        filter.doFilter(request, response, chain);

        assertRefused(415, "not-supported");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void namesThePlaceInTheFormatAskedFor(String accept, String query, String outcome) throws Exception {
        var request = request(
                "POST",
                "/fhir",
                "application/json",
                "{\"resourceType\":\"Bundle\",\n\"entry\":[{\"a\":1,\"a\":\"SECRET\"}]}");
        request.addHeader("Accept", accept);
        request.setQueryString(query);

        filter.doFilter(request, response, chain);

        assertThat(response.getContentAsString()).isEqualTo(outcome).doesNotContain("SECRET");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    static Stream<Arguments> namesThePlaceInTheFormatAskedFor() {
        var json = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"structure\","
                + "\"diagnostics\":\"The object has the same property twice, at line 2, column 17.\","
                + "\"expression\":[\"Bundle.entry[0].a\"]}]}";
        var xml = "<OperationOutcome xmlns=\"http://hl7.org/fhir\"><issue><severity value=\"error\"/>"
                + "<code value=\"structure\"/>"
                + "<diagnostics value=\"The object has the same property twice, at line 2, column 17.\"/>"
                + "<expression value=\"Bundle.entry[0].a\"/></issue></OperationOutcome>";
        return Stream.of(
                arguments("*/*", "", json),
                arguments("application/fhir+json", "", json),
                arguments("nonsense", "", json),
                arguments("text/html, */*;q=0.1", "", json),
                arguments("application/fhir+xml", "", xml),
                arguments("application/fhir+json;q=0.5, application/fhir+xml", "", xml),
                arguments("application/fhir+xml", "_format=json", json),
                arguments("*/*", "_count=1&_format=application/fhir%2Bxml", xml));
    }

    private void assertRefused(int status, String issueCode) throws IOException {
        assertThat(chain.getRequest()).isNull();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentAsString()).contains("\"code\":\"" + issueCode + "\"");
    }

    private static MockHttpServletRequest request(String method, String path, String contentType, String body) {
        var request = new MockHttpServletRequest(method, path);
        if (!contentType.isEmpty()) {
            request.setContentType(contentType);
            request.setContent(body.getBytes(StandardCharsets.UTF_8));
        }
        return request;
    }
}
