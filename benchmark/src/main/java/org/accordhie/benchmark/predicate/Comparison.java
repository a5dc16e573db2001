package org.accordhie.benchmark.predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.accordhie.benchmark.server.RunningServer;
import org.accordhie.benchmark.work.Target;
import org.accordhie.benchmark.work.Workload;
import org.accordhie.benchmark.work.WrongAnswer;

/**
 * What the same searches cost in the database by different ways to hide rows. The exchange is asked each search once; what HAPI
 * asked of PostgreSQL is read from its log, and then explained and executed in each way, in an order drawn anew. Of the last rounds the
 * median counts. Used by one thread.
 */
public final class Comparison {

    /** HAPI's own questions for matches and totals; what loads and tells what was found is the same in each way. */
    private static final Pattern SEARCH =
            Pattern.compile("SELECT .*HFJ_(SPIDX|RES_LINK|RES_TAG).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern OPENING = Pattern.compile("SELECT set_config\\('accord\\.classes'.*", Pattern.DOTALL);

    private static final int QUERIES = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningServer server;
    private final int rounds;
    private final Random random;

    /**
     * A comparison in a loaded exchange's database, which can go on afterwards: nothing is committed.
     *
     * @param rounds how often each statement is executed in each way; one more goes before
     */
    public Comparison(RunningServer server, int rounds, long seed) {
        this.server = server;
        this.rounds = rounds;
        this.random = new Random(seed);
    }

    /**
     * What HAPI asked for the searches of one workload.
     *
     * @param name the workload's
     * @param queries how many searches
     * @param statements what was asked for all of them
     */
    private record Asked(String name, int queries, List<String> statements) {}

    /** Compares, and tells each workload in a row. */
    public List<Compared> of(List<Workload> workloads, Target target)
            throws IOException, InterruptedException, WrongAnswer, SQLException {
        var compared = new ArrayList<Compared>();
        // The copies that one way needs are in order from the beginning.
        server.vacuumDatabase();
        try (var connection = server.connectToDatabase()) {
            var log = new StatementLog(server.databaseLog());
            logging(connection, "0");
            var opening = new ArrayList<String>();
            var asked = new ArrayList<Asked>();
            for (var workload : workloads) {
                asked.add(asked(workload, target, log, opening));
            }
            logging(connection, "-1");
            connection.setAutoCommit(false);
            try (var sql = connection.createStatement()) {
                Ways.make(sql, opening.get(opening.size() - 1));
                for (var each : asked) {
                    if (!each.statements().isEmpty()) {
                        compared.add(compare(sql, each));
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        return compared;
    }

    private static void logging(Connection connection, String millis) throws SQLException, InterruptedException {
        try (var sql = connection.createStatement()) {
            sql.execute("ALTER SYSTEM SET log_min_duration_statement = " + millis);
            sql.execute("SELECT pg_reload_conf()");
        }
        // The server's own processes hear of it by and by.
        Thread.sleep(1_000);
    }

    private static Asked asked(Workload workload, Target target, StatementLog log, List<String> opening)
            throws IOException, InterruptedException, WrongAnswer {
        var statements = new ArrayList<String>();
        var session = target.sessions().get(0);
        var addresses = workload.addresses(session).stream().limit(QUERIES).toList();
        for (var address : addresses) {
            log.skip();
            session.read(address);
            for (var statement : log.next()) {
                if (OPENING.matcher(statement).matches()) {
                    opening.add(statement);
                } else if (SEARCH.matcher(statement).matches()) {
                    statements.add(statement);
                }
            }
        }
        return new Asked(workload.name(), addresses.size(), statements);
    }

    private Compared compare(Statement sql, Asked asked) throws SQLException, IOException {
        var costs = new EnumMap<Way, Cost>(Way.class);
        for (var statement : asked.statements()) {
            each(sql, statement).forEach((way, cost) -> costs.merge(way, cost, Cost::plus));
        }
        return new Compared(asked.name(), asked.queries(), asked.statements().size(), costs);
    }

    private Map<Way, Cost> each(Statement sql, String statement) throws SQLException, IOException {
        var ways = new ArrayList<>(Arrays.asList(Way.values()));
        var costs = new EnumMap<Way, List<Cost>>(Way.class);
        for (int round = 0; round <= rounds; round++) {
            Collections.shuffle(ways, random);
            for (var way : ways) {
                var cost = cost(sql, way, statement);
                if (round > 0) {
                    costs.computeIfAbsent(way, none -> new ArrayList<>()).add(cost);
                }
            }
        }
        var medians = new EnumMap<Way, Cost>(Way.class);
        costs.forEach((way, all) -> medians.put(way, Cost.median(all)));
        return medians;
    }

    private static Cost cost(Statement sql, Way way, String statement) throws SQLException, IOException {
        sql.execute(way.settings());
        try (var rows = sql.executeQuery("EXPLAIN (ANALYZE, TIMING OFF, BUFFERS, FORMAT JSON) " + statement)) {
            rows.next();
            return cost(JSON.readTree(rows.getString(1)).path(0));
        }
    }

    private static Cost cost(JsonNode explained) {
        var plan = explained.path("Plan");
        return new Cost(
                explained.path("Planning Time").asDouble(),
                explained.path("Execution Time").asDouble(),
                plan.path("Shared Hit Blocks").asLong()
                        + plan.path("Shared Read Blocks").asLong(),
                plan.path("Actual Rows").asLong());
    }
}
