package org.accordhie.smart.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.accordhie.smart.ClientGrant;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.RegisteredOrganization;
import org.accordhie.smart.fhir.RegistrationRefused.Problem;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Reads an Organization as a partner, with what each of its clients is granted. Nothing in a grant is passed over. */
public final class RegistrationReader {

    /** The extension of an Organization by which a client is granted something, once for each client. */
    public static final String CLIENT_GRANT = "https://accordhie.org/fhir/StructureDefinition/client-grant";

    private static final Pattern ADDRESS = Pattern.compile("Organization/[A-Za-z0-9.-]{1,64}");
    private static final Pattern CLIENT = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /** Who asserts these may see what a patient has denied or not said. */
    private static final Set<PurposeOfUse> EMERGENCIES = Set.of(PurposeOfUse.ETREAT, PurposeOfUse.BTG);

    private final Function<String, Optional<String>> objection;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private RegistrationReader(Function<String, Optional<String>> objection) {
        this.objection = objection;
    }

    /** Whether it grants a client something, or tries to. */
    public static boolean holdsGrant(Organization organization) {
        return organization.hasExtension(CLIENT_GRANT)
                || organization.getModifierExtension().stream().anyMatch(each -> CLIENT_GRANT.equals(each.getUrl()));
    }

    /**
     * Reads a stored one, whose references point where they should.
     *
     * @param objection why a client cannot be this organisation's; empty if it can
     * @throws RegistrationRefused naming each element at fault
     */
    public static RegisteredOrganization read(Organization organization, Function<String, Optional<String>> objection) {
        var reader = new RegistrationReader(objection);
        var partOf = reader.partOf(organization);
        var clients = reader.clients(organization);
        if (!reader.problems.isEmpty()) {
            throw new RegistrationRefused(reader.problems);
        }
        var active = !organization.hasActive() || organization.getActive();
        var address = "Organization/" + organization.getIdElement().getIdPart();
        return new RegisteredOrganization(address, active, partOf, clients);
    }

    private @Nullable String partOf(Organization organization) {
        if (!organization.hasPartOf()) {
            return null;
        }
        var reference = String.valueOf(organization.getPartOf().getReference());
        if (!ADDRESS.matcher(reference).matches()) {
            problem("Organization.partOf", "must be a reference to an Organization of this exchange");
        }
        return reference;
    }

    private List<ClientGrant> clients(Organization organization) {
        organization.getModifierExtension().stream()
                .filter(each -> CLIENT_GRANT.equals(each.getUrl()))
                .findFirst()
                .ifPresent(each -> problem("Organization.modifierExtension", "must be an extension"));
        var clients = new ArrayList<ClientGrant>();
        for (int index = 0; index < organization.getExtension().size(); index++) {
            var extension = organization.getExtension().get(index);
            if (CLIENT_GRANT.equals(extension.getUrl())) {
                clients.add(new Grant("Organization.extension[" + index + "]").read(extension));
            }
        }
        return clients;
    }

    private void problem(String path, String said) {
        problems.add(new Problem(path, said));
    }

    /** One grant on the way of being read. */
    private final class Grant {

        private final String path;
        private final List<String> clients = new ArrayList<>();
        private final List<String> scopes = new ArrayList<>();
        private final Set<PurposeOfUse> purposes = new HashSet<>();
        private final Set<ExchangeRole> roles = new HashSet<>();
        private final List<Boolean> breakGlass = new ArrayList<>();
        private final List<Boolean> suspended = new ArrayList<>();

        Grant(String path) {
            this.path = path;
        }

        ClientGrant read(Extension grant) {
            for (int index = 0; index < grant.getExtension().size(); index++) {
                read(grant.getExtension().get(index), path + ".extension[" + index + "]");
            }
            if (clients.isEmpty()) {
                problem(path, "names no `clientId`");
            }
            if (scopes.isEmpty()) {
                problem(path, "names no `scope`, without which a client may do nothing");
            }
            if (breakGlass.isEmpty() || !breakGlass.get(0)) {
                purposes.stream()
                        .filter(EMERGENCIES::contains)
                        .sorted()
                        .forEach(purpose -> problem(path, "names the purpose `" + purpose + "` without `breakGlass`"));
            }
            var suspends = !suspended.isEmpty() && suspended.get(0);
            return new ClientGrant(clients.isEmpty() ? "" : clients.get(0), scopes, purposes, roles, suspends);
        }

        private void read(Extension part, String place) {
            switch (String.valueOf(part.getUrl())) {
                case "clientId" -> once(clients, client(part, place), place);
                case "scope" -> scope(part, place).ifPresent(scopes::add);
                case "purpose" ->
                    text(part, "code")
                            .flatMap(PurposeOfUse::ofCode)
                            .ifPresentOrElse(
                                    purposes::add,
                                    () -> problem(place, "must be a valueCode of " + PurposeOfUse.SYSTEM));
                case "role" ->
                    text(part, "code")
                            .flatMap(ExchangeRole::ofCode)
                            .ifPresentOrElse(
                                    roles::add, () -> problem(place, "must be a valueCode: SOURCE or PRIVACY_OFFICER"));
                case "breakGlass" -> once(breakGlass, flag(part, place), place);
                case "suspended" -> once(suspended, flag(part, place), place);
                default ->
                    problem(place, "is none of `clientId`, `scope`, `purpose`, `role`, `breakGlass`, `suspended`");
            }
        }

        private String client(Extension part, String place) {
            var client = text(part, "string").filter(CLIENT.asMatchPredicate()).orElse("");
            if (client.isEmpty()) {
                problem(place, "must be a valueString: the client as tokens say it, `[client]` or `[issuer]|[client]`");
            } else if (!seen.add(client)) {
                problem(place, "names a client that another grant of the organization names");
            } else {
                objection.apply(client).ifPresent(said -> problem(place, said));
            }
            return client;
        }

        private Optional<String> scope(Extension part, String place) {
            var scope = text(part, "string")
                    .filter(text -> !GrantedScopes.parse(List.of(text)).grantsNothing());
            if (scope.isEmpty()) {
                problem(place, "must be a valueString: one SMART scope for resources, such as `system/*.rs`");
            }
            return scope;
        }

        private boolean flag(Extension part, String place) {
            if (part.getValue() instanceof BooleanType flag && flag.hasValue()) {
                return flag.booleanValue();
            }
            problem(place, "must be a valueBoolean");
            return false;
        }

        private <T> void once(List<T> values, T value, String place) {
            if (!values.isEmpty()) {
                problem(place, "is there twice");
            }
            values.add(value);
        }

        private static Optional<String> text(Extension part, String type) {
            return part.getValue() instanceof StringType text && text.fhirType().equals(type) && text.hasValue()
                    ? Optional.of(text.getValue())
                    : Optional.empty();
        }
    }
}
