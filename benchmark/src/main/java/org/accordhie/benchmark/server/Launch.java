package org.accordhie.benchmark.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How servers are started.
 *
 * @param jar the server as it was built
 * @param classPath the benchmark's classes, and the same jar unpacked
 * @param javaOptions options of each server's JVM
 * @param work where each server has a directory
 * @param firstPort the first of four ports for each server, all on 127.0.0.1
 * @param lever in what the one that is started in another way differs
 */
public record Launch(Path jar, String classPath, List<String> javaOptions, Path work, int firstPort, Lever lever) {

    private static final int PORTS = 4;

    public Launch {
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * What is tried.
     *
     * @param java another JVM's directory; empty for the same
     * @param options options of the JVM behind those of all
     * @param settings Accord's settings behind those of all, as on its command line
     */
    public record Lever(String java, List<String> options, List<String> settings) {

        public Lever {
            options = List.copyOf(options);
            settings = List.copyOf(settings);
        }
    }

    /** Where a server keeps everything. */
    Path directory(Variant variant) {
        return work.resolve(variant.label());
    }

    /** Where its PostgreSQL keeps everything. */
    Path database(Variant variant) {
        return directory(variant).resolve("postgresql");
    }

    /** The FHIR address. */
    String base(Variant variant) {
        return "http://127.0.0.1:" + http(variant) + "/fhir";
    }

    /** Where tokens are got. */
    String tokens(Variant variant) {
        return "http://127.0.0.1:" + issuer(variant) + "/oauth2/token";
    }

    /** The database, for JDBC. */
    String databaseAddress(Variant variant) {
        return "jdbc:postgresql://127.0.0.1:" + postgres(variant) + "/accord";
    }

    List<String> command(Variant variant) {
        var command = new ArrayList<String>();
        command.add(Path.of(java(variant), "bin", "java").toString());
        command.addAll(javaOptions);
        switch (variant) {
            case ACCORD -> {
                command.addAll(List.of("-jar", jar.toString()));
                command.addAll(settings(variant));
            }
            case LEVER -> {
                command.addAll(lever.options());
                command.addAll(List.of("-jar", jar.toString()));
                command.addAll(settings(variant));
                command.addAll(lever.settings());
            }
            case UNENFORCED, UNAUDITED -> {
                command.addAll(List.of(
                        "-cp",
                        classPath,
                        variant == Variant.UNENFORCED
                                ? "org.accordhie.benchmark.unenforced.UnenforcedExchange"
                                : "org.accordhie.benchmark.unenforced.UnauditedExchange"));
                command.addAll(settings(variant));
            }
            default ->
                command.addAll(List.of(
                        "-cp",
                        classPath,
                        "org.accordhie.benchmark.plain.PlainServer",
                        String.valueOf(http(variant)),
                        String.valueOf(postgres(variant)),
                        database(variant).toString(),
                        variant == Variant.CONSENT ? "consent" : "open"));
        }
        return command;
    }

    private String java(Variant variant) {
        return variant == Variant.LEVER && !lever.java().isEmpty() ? lever.java() : System.getProperty("java.home");
    }

    private List<String> settings(Variant variant) {
        return List.of(
                "--server.port=" + http(variant),
                "--accord.database.port=" + postgres(variant),
                "--accord.database.directory=" + database(variant),
                "--accord.development.issuer-port=" + issuer(variant),
                "--accord.development.directory=" + directory(variant).resolve("development"),
                "--management.server.port=" + (issuer(variant) + 1),
                "--accord.sample=false");
    }

    private int http(Variant variant) {
        return firstPort + PORTS * variant.place;
    }

    private int postgres(Variant variant) {
        return http(variant) + 1;
    }

    private int issuer(Variant variant) {
        return http(variant) + 2;
    }
}
