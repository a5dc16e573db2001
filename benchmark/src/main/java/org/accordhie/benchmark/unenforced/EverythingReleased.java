package org.accordhie.benchmark.unenforced;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.accordhie.fhirserver.DatabaseAddress;
import org.accordhie.fhirserver.DatabaseOwner;
import org.accordhie.fhirserver.DecidedResources;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.ToldResources;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs reads on the tables themselves, in a transaction as the enforced exchange does, and looks at nothing. */
final class EverythingReleased implements ReleaseGate {

    /** What reads ask is named without a schema; here it is the same of every row. */
    private static final String EVERY_ROW = """
            CREATE OR REPLACE VIEW public.permitted AS
            SELECT res_id, res_ver, is_current, res_type, fhir_id, compartments, facts, true AS is_reached FROM accord.release;
            DO $do$
            DECLARE
                name text;
            BEGIN
                FOREACH name IN ARRAY ARRAY['released', 'stored'] LOOP
                    EXECUTE format('CREATE OR REPLACE VIEW public.%I AS %s', name,
                        replace(pg_get_viewdef('accord_released.' || name), 'accord_released.', 'public.'));
                END LOOP;
                FOREACH name IN ARRAY ARRAY['version_at', 'history_of', 'stored_now', 'stored_then', 'stored_of', 'everything_of'] LOOP
                    EXECUTE replace(
                        pg_get_functiondef(('accord_released.' || name)::regproc), 'accord_released.', 'public.');
                END LOOP;
            END $do$;
            GRANT SELECT ON public.permitted, public.released, public.stored TO PUBLIC""";

    private final TransactionTemplate transaction;

    EverythingReleased(PlatformTransactionManager transactions, DatabaseAddress address, DatabaseOwner owner) {
        transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var asOwner = new DriverManagerDataSource(address.url(), owner.user(), owner.password());
        JdbcClient.create(asOwner).sql(EVERY_ROW).update();
    }

    @Override
    public <T> T release(RequestedInteraction asked, Supplier<T> storage, ToldResources<T> resources) {
        var found = look(asked, SEARCHING, storage);
        DecidedResources.add(asked.details(), resources.in(found));
        return found;
    }

    @Override
    public <T> T look(RequestedInteraction asked, List<String> letters, Supplier<T> storage) {
        return StorageView.WHOLE.during(() -> transaction.execute(status -> storage.get()));
    }

    @Override
    public Set<String> closed(RequestedInteraction asked, Collection<String> types, String parameter) {
        return Set.of();
    }
}
