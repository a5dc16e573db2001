package org.accordhie.local;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** The few connections of a command that works on the database of an exchange. */
final class CommandPool {

    private CommandPool() {}

    static HikariDataSource open(JdbcConnectionDetails database, String command) {
        var pool = new HikariDataSource();
        pool.setPoolName(command);
        pool.setJdbcUrl(database.getJdbcUrl());
        pool.setUsername(Objects.requireNonNullElse(database.getUsername(), ""));
        pool.setPassword(Objects.requireNonNullElse(database.getPassword(), ""));
        pool.setMaximumPoolSize(2);
        pool.setConnectionInitSql("SET search_path = public; SET jit = off");
        return pool;
    }
}
