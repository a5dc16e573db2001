package org.accordhie.consent.jpa;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.DecisionPoint;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.ReleaseRule;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The release classes: what is left of all rules once a resource has been filled in, each with a number.
 *
 * <p>A class is never changed, so a node remembers those it has met. Thread-safe.
 */
public final class ReleaseClasses {

    /** The types of what a requester can be a member of, as a reference begins. */
    public static final List<String> TEAMS = List.of("CareTeam/", "PractitionerRole/");

    private final JdbcClient jdbc;
    private final ConcurrentSkipListMap<Integer, ReleaseRule> rules = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<ReleaseRule, Integer> numbers = new ConcurrentHashMap<>();
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    public ReleaseClasses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The class's number; a new one is made in the running transaction, and remembered once another has read it. */
    public int numberOf(ReleaseRule rule) {
        var known = numbers.get(rule);
        if (known != null) {
            return known;
        }
        var definition = RuleJson.write(rule);
        var signature = sha256(definition);
        return find(signature)
                .or(() -> insert(signature, definition))
                .or(() -> find(signature))
                .orElseThrow();
    }

    private Optional<Integer> find(byte[] signature) {
        return jdbc.sql("SELECT class_id FROM accord.release_class WHERE signature = ?")
                .param(signature)
                .query(Integer.class)
                .optional();
    }

    /** Empty if another transaction made the class at the same moment. */
    private Optional<Integer> insert(byte[] signature, String definition) {
        return jdbc.sql("INSERT INTO accord.release_class (signature, definition) VALUES (?, ?::jsonb)"
                        + " ON CONFLICT (signature) DO NOTHING RETURNING class_id")
                .params(signature, definition)
                .query(Integer.class)
                .optional();
    }

    /** The classes that a transaction before this one has seen. */
    public Known remembered() {
        // Counted first: what is added meanwhile is too much, and never too little.
        var count = rules.size();
        var last = rules.isEmpty() ? 0 : rules.lastKey();
        return new Known(rules, named, count, last);
    }

    /** The classes that the running transaction sees. */
    public Known known() {
        var unknown = jdbc.sql("SELECT class_id FROM accord.release_class").query(Integer.class).list().stream()
                .filter(number -> !rules.containsKey(number))
                .toList();
        unknown.forEach(this::load);
        return remembered();
    }

    /**
     * Release classes, those of one transaction at least.
     *
     * @param rules each class by its number; others may be added while it is used
     * @param named the care teams and roles that one of them names, as {@code [type]/[id]}
     * @param count how many there were
     * @param last the highest number there was; zero where there was none
     */
    public record Known(Map<Integer, ReleaseRule> rules, Set<String> named, int count, int last) {

        public Known {
            rules = Collections.unmodifiableMap(rules);
            named = Set.copyOf(named);
        }

        /** The classes that the decision point permits this request. */
        public List<Integer> permitted(AccessRequest request, ReleasePolicy policy) {
            return rules.entrySet().stream()
                    .filter(entry -> DecisionPoint.decide(request, entry.getValue(), policy)
                            .permits())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private void load(int number) {
        var definition = jdbc.sql("SELECT definition::text FROM accord.release_class WHERE class_id = ?")
                .param(number)
                .query(String.class)
                .single();
        var rule = RuleJson.read(definition, ReleaseRule.class);
        named.addAll(rule.recipients(TEAMS));
        rules.put(number, rule);
        numbers.put(rule, number);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
