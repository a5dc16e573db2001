package org.accordhie.sealing.web;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.time.Clock;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.sealing.AnchorKeyFile;
import org.accordhie.sealing.AnchorSigner;
import org.accordhie.sealing.Sealer;
import org.accordhie.sealing.jpa.AnchorTable;
import org.accordhie.sealing.jpa.TrailPartitions;
import org.accordhie.sealing.jpa.TrailSealing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the sealing of the trail together. */
@Configuration(proxyBeanMethods = false)
class SealingConfiguration {

    @Bean
    SealingSchedule sealingSchedule(
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            AccordProperties properties,
            Clock clock,
            MeterRegistry meters) {
        var settings = properties.audit();
        var own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var anchors = new AnchorTable(jdbc);
        var pair = pair(properties);
        var sealer = new Sealer(new AnchorSigner(pair.getPrivate(), pair.getPublic()), hostName());
        var witness = settings.witness();
        return new SealingSchedule(
                new TrailSealing(own, jdbc, anchors, sealer, clock),
                anchors,
                new TrailPartitions(jdbc),
                witness == null ? null : new Witness(witness),
                settings.sealEvery(),
                clock,
                meters);
    }

    private static KeyPair pair(AccordProperties properties) {
        var file = properties.audit().signingKey();
        if (file == null && properties.isProduction()) {
            throw new IllegalStateException("production mode needs `accord.audit.signing-key`: the file of the key that"
                    + " signs the audit trail; `accord audit-key` makes one");
        }
        try {
            return file == null
                    ? AnchorKeyFile.pairOrNew(
                            properties.development().directory().resolve(AnchorKeyFile.DEVELOPMENT))
                    : AnchorKeyFile.pair(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "the key that signs the audit trail cannot be read (" + unreadable + "): see"
                            + " `accord.audit.signing-key`; `accord audit-key` makes one",
                    unreadable);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unnamed";
        }
    }
}
