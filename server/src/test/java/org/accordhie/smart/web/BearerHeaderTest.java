package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** A token is what RFC 6750, section 2.1 calls {@code b64token}. */
class BearerHeaderTest {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final BearerHeader header = new BearerHeader();

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "a==", "A.b-c_d~e+f/0", "eyJ.eyJ.sig"})
    void isTaken(String token) {
        assertThat(header.resolve(request("Bearer " + token))).isEqualTo(token);
        assertThat(header.resolve(request("bEARER " + token))).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "=a", "a=b", "a b", " a", "a ", "a,b", "a\"", "ä", "a%20"})
    void isMalformed(String token) {
        assertThatThrownBy(() -> header.resolve(request("Bearer " + token)))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void everyCharacterIsTakenOrRefusedAsTheGrammarSays() {
        for (char sign = 0; sign < Character.MAX_VALUE; sign++) {
            var token = "a" + sign + "b";
            if (TOKEN.matcher(token).matches()) {
                assertThat(header.resolve(request("Bearer " + token))).isEqualTo(token);
            } else {
                assertThatThrownBy(() -> header.resolve(request("Bearer " + token)))
                        .as("U+%04X", (int) sign)
                        .isInstanceOf(InvalidBearerTokenException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearertoken", "Token a"})
    void anotherSchemeIsNone(String authorization) {
        assertThat(header.resolve(request(authorization))).isNull();
    }

    private static MockHttpServletRequest request(String authorization) {
        var request = new MockHttpServletRequest("GET", "/fhir/Patient");
        request.addHeader("Authorization", authorization);
        return request;
    }
}
