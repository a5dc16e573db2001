package org.accordhie.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallTest {

    @Test
    void anAddressIsKeptWhole() {
        var longest = "/Patient?name=" + "a".repeat(8_192 - 14);

        assertThat(call(longest).query()).isEqualTo(longest);
    }

    @Test
    void ofWhatIsLongerTheBeginningIsKeptAndADigest() {
        var first = call("/Patient?name=" + "a".repeat(1_000_000)).query();
        var second = call("/Patient?name=" + "a".repeat(1_000_001)).query();

        assertThat(first).hasSizeLessThan(9_000).startsWith("/Patient?name=aaa").matches(".* sha256:[0-9a-f]{64}");
        assertThat(first).isNotEqualTo(second);
        assertThat(first.substring(0, 8_192)).isEqualTo(second.substring(0, 8_192));
    }

    private static Call call(String query) {
        return new Call(null, "", RestfulInteraction.SEARCH_TYPE, "Patient", query);
    }
}
