package org.accordhie.disclosure.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.disclosure.Basis;
import org.accordhie.disclosure.Disclosure;
import org.accordhie.disclosure.Disclosure.Content;
import org.accordhie.disclosure.Disclosure.Place;
import org.accordhie.disclosure.Disclosure.Reason;
import org.accordhie.disclosure.Recipient;
import org.accordhie.disclosure.Recipient.Standing;
import org.accordhie.disclosure.RecordedDisclosure;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Disclosures made elsewhere, as their sources report them. Rows are only ever added. Thread-safe. */
public final class RecordedDisclosures {

    private static final String INSERT = """
            INSERT INTO accord.recorded_disclosure
              (disclosure_id, recorded, occurred, patient, organization, client_id, user_ref, identifier, recipient, name,
               address, purposes, basis, place, part2, description, consent, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (organization, identifier) DO NOTHING
            """;

    private static final String COLUMNS = "SELECT disclosure_id, occurred, patient, recipient, name, address, purposes,"
            + " basis, place, part2, description, consent FROM accord.recorded_disclosure";

    /** With the report as it came, which may be large. */
    private static final String KNOWN = "SELECT disclosure_id, patient, consent, event FROM accord.recorded_disclosure";

    private final JdbcClient jdbc;

    public RecordedDisclosures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was reported under an identifier.
     *
     * @param id its number here
     * @param patient whom it is about
     * @param consent what it rests on; empty where nothing is named
     * @param event the report as it came
     */
    public record Known(String id, String patient, String consent, String event) {

        /** Whether a report says the same. */
        public boolean says(RecordedDisclosure reported) {
            return patient.equals(reported.patient())
                    && event.equals(reported.event())
                    && consent.equals(reported.consent() == null ? "" : reported.consent());
        }
    }

    /** Adds a report; false if its reporter has already used the identifier. */
    public boolean add(RecordedDisclosure reported, Requester reporter, Instant now) {
        var disclosure = reported.disclosure();
        var recipient = disclosure.recipient();
        var content = disclosure.contents().get(0);
        return jdbc.sql(INSERT)
                        .params(
                                UUID.fromString(disclosure.id()),
                                Timestamp.from(now),
                                Timestamp.from(disclosure.at()),
                                reported.patient(),
                                reporter.organization(),
                                reporter.clientId(),
                                reporter.user(),
                                reported.identifier(),
                                recipient.reference(),
                                recipient.name(),
                                recipient.address(),
                                disclosure.reason().purposes().stream()
                                        .map(Enum::name)
                                        .sorted()
                                        .toArray(String[]::new),
                                disclosure.reason().basis().name(),
                                disclosure.place().name(),
                                content.part2(),
                                content.kind(),
                                reported.consent(),
                                reported.event())
                        .update()
                > 0;
    }

    /** What an organisation reported under an identifier. */
    public Optional<Known> find(String organization, String identifier) {
        return jdbc.sql(KNOWN + " WHERE organization = ? AND identifier = ?")
                .params(organization, identifier)
                .query((row, number) -> new Known(
                        row.getString("disclosure_id"),
                        row.getString("patient"),
                        row.getString("consent") == null ? "" : row.getString("consent"),
                        row.getString("event")))
                .optional();
    }

    /** All of a patient, as {@code Patient/[id]}. */
    public List<Disclosure> of(String patient) {
        return jdbc.sql(COLUMNS + " WHERE patient = ?")
                .param(patient)
                .query((row, number) -> disclosure(row, patient))
                .list();
    }

    private static Disclosure disclosure(ResultSet row, String patient) throws SQLException {
        var purposes = Arrays.stream((String[]) row.getArray("purposes").getArray())
                .map(PurposeOfUse::valueOf)
                .collect(Collectors.toSet());
        var recipient = row.getString("recipient");
        return new Disclosure(
                row.getString("disclosure_id"),
                row.getTimestamp("occurred").toInstant(),
                new Recipient(
                        recipient,
                        row.getString("name"),
                        row.getString("address"),
                        recipient.equals(patient) ? Standing.INDIVIDUAL : Standing.ANOTHER),
                new Reason(purposes, Basis.valueOf(row.getString("basis")), false),
                Place.valueOf(row.getString("place")),
                List.of(new Content(row.getString("description"), 1, row.getBoolean("part2"), false)));
    }
}
