package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.RequestRejectedException;

/** The firewall's rules for headers are Spring's, character by character. */
class HeaderTextTest {

    /** As Spring Security writes them. */
    private static final Pattern NAME = Pattern.compile("[\\p{IsAssigned}&&[^\\p{IsControl}]]*");

    private static final Pattern VALUE = Pattern.compile("[\\p{IsAssigned}&&[[^\\p{IsControl}]||\\t]]*");

    @Test
    void everyCharacterIsTakenOrRefusedAsBySpring() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            var text = "a" + Character.toString(character) + "~ ";
            assertThat(HeaderText.isName(text))
                    .as("name with U+%04X", character)
                    .isEqualTo(NAME.matcher(text).matches());
            assertThat(HeaderText.isValue(text))
                    .as("value with U+%04X", character)
                    .isEqualTo(VALUE.matcher(text).matches());
        }
        assertThat(HeaderText.isValue("")).isTrue();
    }

    @Test
    void theFirewallAsksThem() {
        var request = new MockHttpServletRequest("GET", "/fhir/Patient");
        request.addHeader("X-Plain", "tab\tand é");
        request.addHeader("X-Control", "bell\u0007");
        var walled = HeaderText.firewall().getFirewalledRequest(request);

        assertThat(walled.getHeader("X-Plain")).isEqualTo("tab\tand é");
        assertThatThrownBy(() -> walled.getHeader("X-Control")).isInstanceOf(RequestRejectedException.class);
        assertThatThrownBy(() -> walled.getHeader("X-\u0007")).isInstanceOf(RequestRejectedException.class);
        assertThatThrownBy(() -> HeaderText.firewall()
                        .getFirewalledRequest(new MockHttpServletRequest("GET", "/fhir/../Patient")))
                .isInstanceOf(RequestRejectedException.class);
    }
}
