package org.accordhie.local;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.jspecify.annotations.Nullable;

/**
 * A partner that exists for development only, as the authorization server and the exchange's registry both know it.
 *
 * @param clientId its OAuth client
 * @param organization its organisation, as {@code Organization/[id]}
 * @param organizationName that organisation's name
 * @param purposes the purposes of use it may assert; the first is assumed where a token request names none
 * @param roles what the registry lets it be
 * @param context the SMART context of its scopes: {@code system}, {@code user} or {@code patient}
 * @param user the person behind it, as {@code Practitioner/[id]}; null for a system and for a patient's app
 * @param scopes what it may ask for, unless its registration says otherwise
 * @param exampleScope what it typically asks for
 */
record DevelopmentPartner(
        String clientId,
        String organization,
        String organizationName,
        List<PurposeOfUse> purposes,
        Set<ExchangeRole> roles,
        String context,
        @Nullable String user,
        List<String> scopes,
        String exampleScope) {

    /** The one client without a secret, which patients' browsers run. */
    static final String PUBLIC_APP = "dev-patient-app-web";

    /** All of them; the only place that lists them. */
    static final List<DevelopmentPartner> ALL = List.of(
            new DevelopmentPartner(
                    "dev-riverside-clinic",
                    "Organization/riverside-clinic",
                    "Riverside Clinic",
                    List.of(PurposeOfUse.TREAT, PurposeOfUse.HPAYMT, PurposeOfUse.HOPERAT, PurposeOfUse.BTG),
                    Set.of(),
                    "system",
                    null,
                    List.of("system/*.cruds"),
                    "system/*.rs"),
            new DevelopmentPartner(
                    "dev-lakeside-hospital",
                    "Organization/lakeside-hospital",
                    "Lakeside Hospital",
                    List.of(PurposeOfUse.TREAT),
                    Set.of(ExchangeRole.SOURCE),
                    "system",
                    null,
                    List.of("system/*.cruds"),
                    "system/*.cruds"),
            new DevelopmentPartner(
                    "dev-research-institute",
                    "Organization/research-institute",
                    "Research Institute",
                    List.of(PurposeOfUse.HRESCH),
                    Set.of(),
                    "system",
                    null,
                    List.of("system/*.cruds"),
                    "system/*.rs"),
            new DevelopmentPartner(
                    "dev-privacy-officer",
                    "Organization/accord-exchange",
                    "Accord Exchange",
                    List.of(PurposeOfUse.HOPERAT),
                    Set.of(ExchangeRole.PRIVACY_OFFICER),
                    "user",
                    "Practitioner/privacy-officer",
                    List.of("user/*.cruds"),
                    "user/*.cruds"),
            new DevelopmentPartner(
                    "dev-patient-app",
                    "Organization/accord-exchange",
                    "Accord Exchange",
                    List.of(PurposeOfUse.PATRQT),
                    Set.of(),
                    "patient",
                    null,
                    List.of("patient/*.cruds"),
                    "patient/*.rs"),
            new DevelopmentPartner(
                    PUBLIC_APP,
                    "Organization/accord-exchange",
                    "Accord Exchange",
                    List.of(PurposeOfUse.PATRQT),
                    Set.of(),
                    "patient",
                    null,
                    List.of(
                            "openid",
                            "fhirUser",
                            "launch/patient",
                            "offline_access",
                            "online_access",
                            "patient/*.rs",
                            "patient/Consent.cu"),
                    "launch/patient openid fhirUser offline_access patient/*.rs"));

    /** Those that get tokens by themselves, with a secret or a key. */
    static final List<DevelopmentPartner> CONFIDENTIAL =
            ALL.stream().filter(partner -> !partner.isPublicApp()).toList();

    DevelopmentPartner {
        purposes = List.copyOf(purposes);
        roles = Set.copyOf(roles);
        scopes = List.copyOf(scopes);
    }

    static Optional<DevelopmentPartner> withClientId(String clientId) {
        return ALL.stream().filter(partner -> partner.clientId.equals(clientId)).findFirst();
    }

    /** Public knowledge, and says so. */
    String secret() {
        return clientId.replaceFirst("^dev-", "development-only-");
    }

    /** Whether it keeps no secret, and acts for whoever signs in. */
    boolean isPublicApp() {
        return clientId.equals(PUBLIC_APP);
    }

    /** Whether its tokens are about one patient, whom the token request names. */
    boolean isPatientApp() {
        return context.equals("patient");
    }
}
