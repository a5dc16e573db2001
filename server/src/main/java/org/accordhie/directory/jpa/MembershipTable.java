package org.accordhie.directory.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.accordhie.directory.Directory;
import org.accordhie.directory.Membership;
import org.accordhie.directory.Memberships;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is in which care team and holds which role, as the running transaction sees it. Thread-safe, remembers nothing. */
public final class MembershipTable implements Directory {

    /** All that could matter at any time; which does at one instant is the rule's to say. */
    private static final String REACHED = """
            WITH RECURSIVE reached (member) AS (
              SELECT unnest(?::text[])
              UNION
              SELECT m.member_of FROM accord.membership m JOIN reached r ON r.member = m.member)
            SELECT m.member, m.member_of, m.period_from, m.period_until
            FROM accord.membership m JOIN reached r ON r.member = m.member
            """;

    /** All that could make somebody a member of what is named. */
    private static final String REACHING = """
            WITH RECURSIVE reaching (member_of) AS (
              SELECT unnest(?::text[])
              UNION
              SELECT m.member FROM accord.membership m JOIN reaching r ON r.member_of = m.member_of)
            SELECT m.member, m.member_of, m.period_from, m.period_until
            FROM accord.membership m JOIN reaching r ON r.member_of = m.member_of
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    public MembershipTable(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    @Override
    public Set<String> membershipsOf(Collection<String> actors, Instant at) {
        return read(REACHED, actors).of(actors, at);
    }

    @Override
    public Set<String> membershipsOf(Collection<String> actors, Instant at, Set<String> named) {
        if (named.isEmpty()) {
            return Set.of();
        }
        var found = new HashSet<>(read(REACHING, named).of(actors, at));
        found.retainAll(named);
        return found;
    }

    private Memberships read(String sql, Collection<String> from) {
        return new Memberships(jdbc.sql(sql)
                .param(from.toArray(String[]::new))
                .query((row, number) -> new Membership(
                        row.getString("member"),
                        row.getString("member_of"),
                        new TimeSpan(instant(row, "period_from"), instant(row, "period_until"))))
                .list());
    }

    /** Replaces what teams and roles say, in the running transaction. */
    public void replace(Collection<String> memberOf, List<Membership> memberships) {
        jdbc.sql("DELETE FROM accord.membership WHERE member_of = ANY (?)")
                .param(memberOf.toArray(String[]::new))
                .update();
        template.batchUpdate(
                "INSERT INTO accord.membership (member, member_of, period_from, period_until) VALUES (?, ?, ?, ?)",
                memberships.stream()
                        .map(membership -> new @Nullable Object[] {
                            membership.member(),
                            membership.memberOf(),
                            timestamp(membership.period().from()),
                            timestamp(membership.period().until())
                        })
                        .toList());
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
