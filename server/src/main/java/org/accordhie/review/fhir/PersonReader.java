package org.accordhie.review.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.accordhie.review.Party;
import org.accordhie.review.Person;
import org.accordhie.review.PersonNames;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Reads people as they are stored now. Must run where the whole storage is seen. Thread-safe. */
public final class PersonReader {

    private static final String ROLE = "PractitionerRole/";
    private static final String PRACTITIONER = "Practitioner/";

    /** Widely known; CEL is the code that v3 ActCode has for it, VIP the word that people use. */
    private static final Set<String> VIP = Set.of("CEL", "VIP");

    private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private final DaoRegistry daos;
    private final Predicate<String> stored;

    /**
     * Reads through HAPI.
     *
     * @param stored whether something is there, as {@code [type]/[id]}: asking HAPI for what is not there ends the transaction
     */
    public PersonReader(DaoRegistry daos, Predicate<String> stored) {
        this.daos = daos;
        this.stored = stored;
    }

    /** The party with the practitioner in the place of a role, so that one person has one name. */
    public Party known(Party party) {
        var user = party.user();
        return user == null ? party : new Party(party.organization(), party.client(), personOf(user));
    }

    private String personOf(String user) {
        if (!user.startsWith(ROLE)) {
            return user;
        }
        return read(PractitionerRole.class, user)
                .map(role -> role.getPractitioner().getReference())
                .filter(reference -> reference.startsWith(PRACTITIONER))
                .orElse(user);
    }

    /** A practitioner; null where the directory has none of this name. */
    public @Nullable Person user(@Nullable String user) {
        var person = user == null ? "" : personOf(user);
        if (!person.startsWith(PRACTITIONER)) {
            return null;
        }
        return read(Practitioner.class, person)
                .map(each ->
                        person(each.getName(), each.getBirthDate(), each.getIdentifier(), each.getAddress(), false))
                .orElse(null);
    }

    /** A patient; null where the record is gone. */
    public @Nullable Person patient(String patient) {
        return read(Patient.class, patient)
                .map(each -> person(
                        each.getName(), each.getBirthDate(), each.getIdentifier(), each.getAddress(), isVip(each)))
                .orElse(null);
    }

    private <R extends Resource> Optional<R> read(Class<R> type, String reference) {
        if (!stored.test(reference)) {
            return Optional.empty();
        }
        var dao = daos.getResourceDao(type);
        return Optional.of(dao.read(new IdType(reference), new SystemRequestDetails()));
    }

    private static Person person(
            List<HumanName> names,
            @Nullable Date birth,
            List<Identifier> identifiers,
            List<Address> addresses,
            boolean vip) {
        var surnames = new HashSet<String>();
        var full = new HashSet<String>();
        for (var name : names) {
            if (name.hasFamily()) {
                surnames.addAll(PersonNames.surnames(name.getFamily()));
                name.getGiven().stream()
                        .limit(1)
                        .map(StringType::getValue)
                        .forEach(given -> full.add(PersonNames.fullName(given, name.getFamily())));
            }
        }
        return new Person(surnames, full, dateOf(birth), named(identifiers), placed(addresses), vip);
    }

    private static Set<String> named(List<Identifier> identifiers) {
        return identifiers.stream()
                .filter(each -> each.hasSystem() && each.hasValue())
                .map(each -> each.getSystem() + "|" + each.getValue())
                .collect(Collectors.toSet());
    }

    private static Set<String> placed(List<Address> addresses) {
        return addresses.stream()
                .filter(each -> each.hasLine() && (each.hasPostalCode() || each.hasCity()))
                .map(each -> PersonNames.address(
                        each.getLine().get(0).getValue(), each.hasPostalCode() ? each.getPostalCode() : each.getCity()))
                .collect(Collectors.toSet());
    }

    /** HAPI reads a date at midnight where it runs. */
    private static @Nullable LocalDate dateOf(@Nullable Date birth) {
        return birth == null
                ? null
                : birth.toInstant().atZone(ZoneId.systemDefault()).toLocalDate();
    }

    private static boolean isVip(Patient patient) {
        return patient.getMeta().getSecurity().stream()
                .anyMatch(label -> ACT_CODE.equals(label.getSystem()) && VIP.contains(label.getCode()));
    }
}
