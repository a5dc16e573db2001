package org.accordhie.smart.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.LaunchContext;
import org.accordhie.smart.Partner;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.ResidualClaim;
import org.accordhie.smart.ScopeContext;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a verified token as the access it grants, trusting its claims only as far as the partner registry does.
 *
 * <p>Source: SMART App Launch 2.2.0, "Scopes and launch context"; UDAP Security, {@code hl7-b2b}; IHE IUA.
 */
final class TokenReader {

    private static final Logger LOG = LoggerFactory.getLogger(TokenReader.class);
    private static final Set<String> USERS = Set.of("Practitioner", "PractitionerRole", "Patient");

    private final PartnerRegistry partners;
    private final LocalReferences references;
    private final boolean emergenciesArePersons;
    /** By the token itself, which is verified once and then comes again and again. */
    private final Cache<VerifiedToken, Read> known =
            Caffeine.newBuilder().weakKeys().build();

    /** What a token grants a partner as long as the registry knows it as this. */
    private record Read(Partner partner, AccessGrant grant) {}

    /**
     * Reads tokens.
     *
     * @param emergenciesArePersons whether a token without a user can declare no emergency
     */
    TokenReader(PartnerRegistry partners, LocalReferences references, boolean emergenciesArePersons) {
        this.partners = partners;
        this.references = references;
        this.emergenciesArePersons = emergenciesArePersons;
    }

    /** Throws {@link RequesterRefused} if the exchange does not accept the client or what its token claims. */
    AccessGrant read(VerifiedToken token) {
        var partner = partner(token.claims());
        var before = known.getIfPresent(token);
        if (before != null && before.partner().equals(partner)) {
            return before.grant();
        }
        var grant = read(token.claims(), partner);
        known.put(token, new Read(partner, grant));
        return grant;
    }

    private AccessGrant read(Map<String, ?> claims, Partner partner) {
        var extensions = TokenClaims.object(claims, "extensions");
        var b2b = TokenClaims.object(extensions, "hl7-b2b");
        requireOwnOrganization(b2b, partner);
        var purposes = TokenPurposes.read(b2b, TokenClaims.object(extensions, "ihe_iua"));
        if (!partner.purposes().containsAll(purposes)) {
            throw new RequesterRefused("the client may not assert this purpose of use");
        }
        var allowed = GrantedScopes.parse(TokenClaims.scopes(claims)).within(partner.scopes());
        var context = Context.of(user(claims), patient(claims), allowed);
        if (context.scopes().ignored() > 0) {
            LOG.debug(
                    "a token held {} malformed scopes, which grant nothing",
                    context.scopes().ignored());
        }
        var requester = requester(claims, partner, purposes, context);
        return new AccessGrant(
                requester,
                scopesFor(requester, context.scopes()),
                new LaunchContext(context.patient()),
                breakGlass(extensions, requester),
                residual(extensions));
    }

    /** Who does not say why is told nothing about any patient; a patient's own app is there for its patient's request. */
    private static GrantedScopes scopesFor(Requester requester, GrantedScopes scopes) {
        if (scopes.grantsNothing()) {
            throw new RequesterRefused("no scope of the token grants access to resources");
        }
        if (!requester.purposes().isEmpty() || requester.patient() != null) {
            return scopes;
        }
        var ofDirectory = scopes.within(GrantedScopes.DIRECTORY);
        if (ofDirectory.grantsNothing()) {
            throw new RequesterRefused("the token says no purpose of use, and clinical data is for none without one");
        }
        return ofDirectory;
    }

    private Partner partner(Map<String, ?> claims) {
        return TokenClaims.text(claims, "client_id")
                .flatMap(partners::find)
                .orElseThrow(() -> new RequesterRefused("the client is not registered with this exchange"));
    }

    /** Source: IHE PCF, {@code ihe_pcf}. Rules of no patient would be about everybody's data, and are refused. */
    private @Nullable ResidualClaim residual(Map<String, ?> extensions) {
        var pcf = TokenClaims.object(extensions, "ihe_pcf");
        var rules = TokenClaims.elements(pcf, "residual");
        if (rules.isEmpty()) {
            return null;
        }
        var patient = TokenClaims.reference(pcf, "patient_id")
                .flatMap(named -> references.read(named, Set.of("Patient")))
                .orElseThrow(TokenClaims::malformed);
        var members = new ArrayList<Map<String, ?>>();
        rules.forEach(rule -> members.add(TokenClaims.members(rule)));
        return new ResidualClaim(patient, members);
    }

    /** An emergency is declared with the purpose, the patient and the reason, or not at all. */
    private @Nullable BreakGlass breakGlass(Map<String, ?> extensions, Requester requester) {
        var declared = TokenClaims.object(extensions, "accord_break_glass");
        if (declared.isEmpty()) {
            return null;
        }
        if (!requester.purposes().contains(PurposeOfUse.BTG)) {
            throw new RequesterRefused("the token declares an emergency without the purpose BTG");
        }
        if (emergenciesArePersons
                && (requester.user() == null || requester.user().startsWith("Patient/"))) {
            throw new RequesterRefused("an emergency is declared by a person, and the token's user is no practitioner");
        }
        var patient = TokenClaims.text(declared, "patient")
                .flatMap(named -> references.read(named, Set.of("Patient")))
                .orElseThrow(TokenClaims::malformed);
        return new BreakGlass(patient, TokenClaims.text(declared, "reason").orElseThrow(TokenClaims::malformed));
    }

    private void requireOwnOrganization(Map<String, ?> b2b, Partner partner) {
        var claimed = TokenClaims.text(b2b, "organization_id");
        if (claimed.isPresent()
                && !references
                        .read(claimed.get(), Set.of("Organization"))
                        .equals(Optional.of(partner.organization()))) {
            throw new RequesterRefused("the token names another organization than the client's");
        }
    }

    private @Nullable String user(Map<String, ?> claims) {
        return TokenClaims.text(claims, "fhirUser")
                .map(user -> references
                        .read(user, USERS)
                        .orElseThrow(() -> new RequesterRefused("the token's user is not known here")))
                .orElse(null);
    }

    private @Nullable String patient(Map<String, ?> claims) {
        return TokenClaims.text(claims, "patient")
                .map(patient -> patient.contains("/") ? patient : "Patient/" + patient)
                .map(patient -> references.read(patient, Set.of("Patient")).orElseThrow(TokenClaims::malformed))
                .orElse(null);
    }

    private static Requester requester(
            Map<String, ?> claims, Partner partner, Set<PurposeOfUse> purposes, Context context) {
        var organizations = new LinkedHashSet<>(partner.partOf());
        organizations.add(partner.organization());
        return new Requester(
                partner.clientId(),
                TokenClaims.text(claims, "jti").orElse(""),
                partner.organization(),
                organizations,
                context.user(),
                isPatientsOwnApp(partner, purposes, context) ? context.patient() : null,
                Set.of(),
                partner.roles(),
                purposes);
    }

    /** A token that asserts another purpose than the patient's request speaks for the organisation, not the patient. */
    private static boolean isPatientsOwnApp(Partner partner, Set<PurposeOfUse> purposes, Context context) {
        return partner.purposes().contains(PurposeOfUse.PATRQT)
                && (purposes.equals(Set.of(PurposeOfUse.PATRQT))
                        || (purposes.isEmpty() && partner.purposes().equals(Set.of(PurposeOfUse.PATRQT))))
                && context.scopes().areOnly(ScopeContext.PATIENT)
                && (context.user() == null || context.user().equals(context.patient()));
    }

    /** The scopes as far as the token says who the user and the patient are: a context without its person is nobody's. */
    private record Context(@Nullable String user, @Nullable String patient, GrantedScopes scopes) {

        static Context of(@Nullable String user, @Nullable String patient, GrantedScopes scopes) {
            var ofPatient = patient == null ? scopes.without(ScopeContext.PATIENT) : scopes;
            if (user == null) {
                return new Context(user, patient, ofPatient.without(ScopeContext.USER));
            }
            if (!user.startsWith("Patient/")) {
                return new Context(user, patient, ofPatient);
            }
            if (patient == null || patient.equals(user)) {
                return new Context(user, user, ofPatient.withUserAsPatient());
            }
            return new Context(user, patient, ofPatient.without(ScopeContext.USER));
        }
    }
}
