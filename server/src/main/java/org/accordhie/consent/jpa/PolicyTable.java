package org.accordhie.consent.jpa;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.PolicySource;
import org.accordhie.consent.ReleasePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rules of law and organisation in force. A change counts the epoch up in its transaction, so rules that were read stay
 * good for every transaction that sees the same epoch. Thread-safe.
 */
public final class PolicyTable implements PolicySource {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyTable.class);

    private static final String EPOCH = "SELECT number FROM accord.epoch WHERE name = 'policy'";

    /** The epoch comes with the rules, so that both are of one moment also where no snapshot is held. */
    private static final String READ = """
            SELECT e.number, p.fhir_id, p.kind, p.title, p.rule::text AS rule
            FROM accord.epoch e JOIN accord.release_policy p ON true
            WHERE e.name = 'policy' ORDER BY p.fhir_id
            """;

    private final JdbcClient jdbc;
    private volatile Known known = new Known(-1, ReleasePolicy.closed("not read"));

    public PolicyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Rules, and what they are of.
     *
     * @param epoch counted up by every change; at most zero where there was none
     */
    public record Known(long epoch, ReleasePolicy policy) {}

    /** The rules that a transaction before this one has seen. */
    public Known remembered() {
        return known;
    }

    private record Row(long epoch, String id, String kind, String title, String rule) {}

    /**
     * The rules in force, as the running transaction sees them, which must not have changed any: what it has not committed must
     * not be remembered. Where there is no default, or a rule cannot be read, nothing is permitted.
     */
    @Override
    public ReleasePolicy inForce() {
        return read().policy();
    }

    /** The same with their epoch. */
    public Known read() {
        var last = known;
        var epoch = epoch();
        if (epoch != last.epoch()) {
            last = read(epoch);
            known = last;
        }
        return last;
    }

    private Known read(long epoch) {
        var rows = jdbc.sql(READ)
                .query((row, number) -> new Row(
                        row.getLong("number"),
                        row.getString("fhir_id"),
                        row.getString("kind"),
                        row.getString("title"),
                        row.getString("rule")))
                .list();
        if (rows.isEmpty()) {
            LOG.error("no policy is in force: nothing is released");
            return new Known(epoch, ReleasePolicy.closed("no policy is in force"));
        }
        return new Known(rows.get(0).epoch(), policyOf(rows));
    }

    private static ReleasePolicy policyOf(List<Row> rows) {
        var rules = new ArrayList<HardRule>();
        for (var row : rows) {
            try {
                rules.add(RuleJson.read(row.rule(), Kind.valueOf(row.kind()), row.title()));
            } catch (UncheckedIOException | IllegalArgumentException unreadable) {
                LOG.error("the policy Consent/{} cannot be read: nothing is released", row.id());
                return ReleasePolicy.closed("a policy cannot be read");
            }
        }
        if (rules.stream().noneMatch(rule -> rule.kind() == Kind.DEFAULT)) {
            LOG.error("no policy of the kind DEFAULT is in force: nothing is released");
            return ReleasePolicy.closed("no default is in force");
        }
        return new ReleasePolicy(rules);
    }

    /** Puts a rule's newest version in force, in the running transaction. */
    public void put(String id, long version, HardRule rule) {
        countUp();
        jdbc.sql("INSERT INTO accord.release_policy (fhir_id, version, kind, title, rule) VALUES (?, ?, ?, ?, ?::jsonb)"
                        + " ON CONFLICT (fhir_id) DO UPDATE SET version = EXCLUDED.version, kind = EXCLUDED.kind,"
                        + " title = EXCLUDED.title, rule = EXCLUDED.rule")
                .params(id, version, rule.kind().name(), rule.title(), RuleJson.write(rule))
                .update();
    }

    /** Takes a rule out of force, in the running transaction; returns whether it was in force. */
    public boolean remove(String id) {
        var removed = jdbc.sql("DELETE FROM accord.release_policy WHERE fhir_id = ?")
                        .param(id)
                        .update()
                > 0;
        if (removed) {
            countUp();
        }
        return removed;
    }

    /** From here on, other changes of policies wait for the running transaction. */
    private void countUp() {
        jdbc.sql("INSERT INTO accord.epoch (name, number) VALUES ('policy', 1)"
                        + " ON CONFLICT (name) DO UPDATE SET number = accord.epoch.number + 1")
                .update();
    }

    /** Whether a default is in force, as the running transaction sees it and may have changed it. */
    public boolean holdsDefault() {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM accord.release_policy WHERE kind = 'DEFAULT')")
                .query(Boolean.class)
                .single();
    }

    /** Whether no rule has ever been in force here. Other nodes that ask wait for the running transaction. */
    public boolean isUntouched() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('accord.release_policy', 0))")
                .query((row, number) -> true)
                .list();
        return epoch() <= 0;
    }

    /** Zero where nothing has been changed yet. */
    private long epoch() {
        return jdbc.sql(EPOCH).query(Long.class).optional().orElse(0L);
    }
}
