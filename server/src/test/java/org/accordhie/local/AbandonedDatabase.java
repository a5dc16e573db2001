package org.accordhie.local;

import java.nio.file.Path;

/** A process that starts embedded PostgreSQL, says so, and waits to be killed. */
final class AbandonedDatabase {

    private AbandonedDatabase() {}

    public static void main(String[] args) throws InterruptedException {
        var database = EmbeddedDatabase.start(Path.of(args[0]), Integer.parseInt(args[1]));
        System.out.println("started " + database.url());
        Thread.sleep(Long.MAX_VALUE);
    }
}
