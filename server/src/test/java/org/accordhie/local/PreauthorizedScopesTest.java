package org.accordhie.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreauthorizedScopesTest {

    @ParameterizedTest(name = "{1} is within {0}")
    @CsvSource({
        "system/*.cruds, system/*.cruds",
        "system/*.cruds, system/*.rs",
        "system/*.rs, system/Observation.rs",
        "system/*.rs, system/Observation.r",
        "system/*.rs, system/Observation.read",
        "system/*.cruds, system/*.*",
        "system/*.cud, system/Patient.write",
        "system/Observation.rs, system/Observation.s",
        "system/Observation.rs, system/Observation.rs?category=laboratory",
        "system/*.rs, system/Observation.rs?category=laboratory&status=final",
        "system/Observation.rs?category=laboratory, system/Observation.r?category=laboratory",
        "system/Observation.rs?category=laboratory, system/Observation.rs?category=laboratory&status=final",
        "'system/Observation.rs?category=a,b', system/Observation.rs?category=a",
        "system/Observation.r system/Observation.s, system/Observation.rs",
        "system/*.r system/Observation.s, system/Observation.rs",
        "openid patient/*.rs, openid"
    })
    void permitsWhatIsWithin(String registered, String asked) {
        assertThat(permits(registered, asked)).isTrue();
    }

    @ParameterizedTest(name = "{1} is not within {0}")
    @CsvSource({
        "system/*.rs, system/*.cruds",
        "system/*.rs, system/Observation.c",
        "system/Observation.rs, system/*.rs",
        "system/Observation.rs, system/Patient.rs",
        "system/Observation.r system/Patient.s, system/Observation.rs",
        "system/*.rs, patient/*.rs",
        "system/*.rs, user/Patient.r",
        "system/Observation.rs?category=laboratory, system/Observation.rs",
        "system/Observation.rs?category=laboratory, system/Observation.rs?category=vital-signs",
        "system/Observation.rs?category=laboratory, system/Observation.rs?status=final",
        "system/Observation.rs?category=a, 'system/Observation.rs?category=a,b'",
        "system/*.cruds, system/*.sr",
        "system/*.cruds, system/Foo.rs",
        "system/*.cruds, system/Observation.rs?code:in=x",
        "system/*.cruds, openid",
        "openid, openid2",
        "openid, system/*.rs",
        "system/*.rs, ''"
    })
    void permitsNothingElse(String registered, String asked) {
        assertThat(permits(registered, asked)).isFalse();
    }

    private static boolean permits(String registered, String asked) {
        Set<String> scopes = asked.isEmpty() ? Set.of() : Set.of(asked.split(" ", -1));
        return PreauthorizedScopes.of(Arrays.asList(registered.split(" ", -1))).permit(scopes);
    }
}
