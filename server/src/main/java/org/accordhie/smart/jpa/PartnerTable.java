package org.accordhie.smart.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.smart.ClientGrant;
import org.accordhie.smart.Partner;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.RegisteredOrganization;
import org.accordhie.smart.RegisteredPartners;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partners of the settings and those that privacy officers have registered. A change counts the epoch up in its transaction,
 * so what was read stays good for whoever sees the same epoch, on every node. Thread-safe.
 */
public final class PartnerTable implements PartnerRegistry {

    private static final String EPOCH = "SELECT number FROM accord.epoch WHERE name = 'partner'";

    /** The epoch comes with the rows, so that both are of one moment also where no snapshot is held. */
    private static final String READ = """
            SELECT e.number, p.fhir_id, p.active, p.part_of, c.client_id, c.scopes, c.purposes, c.roles, c.suspended
            FROM accord.epoch e
            LEFT JOIN accord.partner p ON true
            LEFT JOIN accord.partner_client c ON c.organization = p.fhir_id
            WHERE e.name = 'partner' ORDER BY p.fhir_id, c.client_id
            """;

    private final JdbcClient jdbc;
    private final PartnerRegistry configured;
    private volatile Known known = new Known(-1, RegisteredPartners.NONE);

    public PartnerTable(JdbcClient jdbc, PartnerRegistry configured) {
        this.jdbc = jdbc;
        this.configured = configured;
    }

    /** Partners, and the epoch that they are of. */
    private record Known(long epoch, RegisteredPartners partners) {}

    /** A partner of the settings stays what it is there, whatever is registered. */
    @Override
    public Optional<Partner> find(String clientId) {
        return configured.find(clientId).or(() -> registered().find(clientId));
    }

    @Override
    public List<Partner> all() {
        return Stream.concat(
                        configured.all().stream(),
                        registered().all().stream()
                                .filter(partner ->
                                        configured.find(partner.clientId()).isEmpty()))
                // In an order that a restart does not change.
                .sorted(Comparator.comparing(Partner::clientId))
                .toList();
    }

    private RegisteredPartners registered() {
        var last = known;
        if (jdbc.sql(EPOCH).query(Long.class).single() != last.epoch()) {
            last = read();
            known = last;
        }
        return last.partners();
    }

    private Known read() {
        var organizations = new LinkedHashMap<String, RegisteredOrganization>();
        var epochs = jdbc.sql(READ)
                .query((row, number) -> {
                    if (row.getString("fhir_id") != null) {
                        organizations.merge(row.getString("fhir_id"), organization(row), PartnerTable::together);
                    }
                    return row.getLong("number");
                })
                .list();
        return new Known(epochs.get(0), new RegisteredPartners(organizations.values(), configured.all()));
    }

    private static RegisteredOrganization together(RegisteredOrganization some, RegisteredOrganization more) {
        var clients = new ArrayList<>(some.clients());
        clients.addAll(more.clients());
        return new RegisteredOrganization(some.address(), some.active(), some.partOf(), clients);
    }

    private static RegisteredOrganization organization(ResultSet row) throws SQLException {
        return new RegisteredOrganization(
                "Organization/" + row.getString("fhir_id"),
                row.getBoolean("active"),
                row.getString("part_of"),
                row.getString("client_id") == null ? List.of() : List.of(client(row)));
    }

    /** A code that this version does not know grants nothing. */
    private static ClientGrant client(ResultSet row) throws SQLException {
        return new ClientGrant(
                row.getString("client_id"),
                texts(row, "scopes"),
                texts(row, "purposes").stream()
                        .flatMap(code -> PurposeOfUse.ofCode(code).stream())
                        .collect(Collectors.toSet()),
                texts(row, "roles").stream()
                        .flatMap(code -> ExchangeRole.ofCode(code).stream())
                        .collect(Collectors.toSet()),
                row.getBoolean("suspended"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    /** Makes every other change of the registry wait for the running transaction, which is about to change it. */
    public void change() {
        jdbc.sql("UPDATE accord.epoch SET number = number + 1 WHERE name = 'partner'")
                .update();
    }

    /** Takes organisations, by their ids, out of the registry, with their clients, in the running transaction. */
    public void remove(Collection<String> ids) {
        jdbc.sql("DELETE FROM accord.partner WHERE fhir_id = ANY (?)")
                .param(ids.toArray(String[]::new))
                .update();
    }

    /** Enters an organisation, which is not there, in the running transaction. */
    public void add(RegisteredOrganization organization) {
        var id = organization.address().substring("Organization/".length());
        jdbc.sql("INSERT INTO accord.partner (fhir_id, active, part_of) VALUES (?, ?, ?)")
                .params(id, organization.active(), organization.partOf())
                .update();
        for (var client : organization.clients()) {
            jdbc.sql("INSERT INTO accord.partner_client (client_id, organization, scopes, purposes, roles, suspended)"
                            + " VALUES (?, ?, ?, ?, ?, ?)")
                    .params(
                            client.clientId(),
                            id,
                            client.scopes().toArray(String[]::new),
                            names(client.purposes()),
                            names(client.roles()),
                            client.suspended())
                    .update();
        }
    }

    private static String[] names(Set<? extends Enum<?>> codes) {
        return codes.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    /** Whether a client is somebody's, as the running transaction sees it and may have changed it. */
    public boolean holdsClient(String clientId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM accord.partner_client WHERE client_id = ?)")
                .param(clientId)
                .query(Boolean.class)
                .single();
    }

    /** Whether one of these organisations, by their ids, is in the registry. */
    public boolean holdsAny(Collection<String> ids) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM accord.partner WHERE fhir_id = ANY (?))")
                .param(ids.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }
}
