package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrationStorageSvc;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.dao.HapiMigrationDao;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import ca.uhn.fhir.util.VersionUtil;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the database's schema to the version this server needs: HAPI's tables by HAPI's migrator, ours by Flyway. */
final class DatabaseSchema {

    private final DataSource dataSource;

    DatabaseSchema(DataSource dataSource) {
        this.dataSource = dataSource;
        migrateHapi();
        migrateAccord();
    }

    private void migrateHapi() {
        var table = SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME;
        var driver = DriverTypeEnum.POSTGRES_9_4;
        var tasks = new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values());
        var history = new HapiMigrationStorageSvc(new HapiMigrationDao(dataSource, driver, table));
        var migrator = new SchemaMigrator("HAPI FHIR", table, dataSource, new Properties(), tasks, history);
        migrator.setDriverType(driver);
        migrator.createMigrationTableIfRequired();
        dropViewsOfOtherVersion();
        migrator.migrate();
    }

    /**
     * HAPI may change a table only while no view stands on it. Our own migration makes the views again, since its text names
     * HAPI's version.
     */
    private void dropViewsOfOtherVersion() {
        var jdbc = JdbcClient.create(dataSource);
        jdbc.sql("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'accord_released'")
                .query(String.class)
                .optional()
                .filter(version -> !version.equals(VersionUtil.getVersion()))
                .ifPresent(version ->
                        jdbc.sql("DROP SCHEMA accord_released CASCADE").update());
    }

    private void migrateAccord() {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("accord")
                .defaultSchema("accord")
                .locations("classpath:org/accordhie/migration")
                .placeholders(Map.of("hapi-version", VersionUtil.getVersion()))
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
