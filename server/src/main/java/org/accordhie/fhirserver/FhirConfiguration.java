package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDaoPatient;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.util.FhirTerser;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The FHIR endpoint: HAPI's server with only the routes that we wrote. */
@Configuration(proxyBeanMethods = false)
class FhirConfiguration {

    @Bean
    SearchReader searchReader(
            FhirContext context,
            MatchUrlService queries,
            ISearchParamRegistry parameters,
            AccordProperties properties) {
        return new SearchReader(context, queries, parameters, properties.limits());
    }

    @Bean
    ResourceRoutes.Reading reading(SearchReader searches, StoredReads stored, VersionHistory histories) {
        return new ResourceRoutes.Reading(searches, stored, histories);
    }

    /** Every route of a resource type; features add theirs as beans of their own kind. */
    @Bean
    ServedRoutes servedRoutes(
            DaoRegistry daos,
            RequestLine line,
            ResourceRoutes.Reading reading,
            PatientRecord record,
            AccordProperties properties,
            ObjectProvider<FeatureRoutes> features,
            ObjectProvider<OperationRoutes> operations) {
        daos.setSupportedResourceTypes(ResourceTypes.STORED);
        var patients = new PatientRoutes(
                (IFhirResourceDaoPatient<Patient>) daos.getResourceDao(Patient.class),
                line,
                reading,
                record,
                properties.limits());
        var others = ResourceTypes.SERVED.stream()
                .filter(type -> !type.equals("Patient"))
                .collect(Collectors.<String, String, ResourceRoutes<?>>toMap(
                        type -> type, type -> routes(daos, line, reading, type)));
        var own = Stream.of(patients, new CompartmentRoutes(others));
        var patches = ResourceTypes.SERVED.stream().map(type -> patch(daos, line, type));
        var added = operations.stream().flatMap(each -> each.providers().stream());
        return new ServedRoutes(Stream.of(own, others.values().stream(), patches, features.stream(), added)
                .<Object>flatMap(each -> each)
                .toList());
    }

    private static ResourceRoutes<?> routes(
            DaoRegistry daos, RequestLine line, ResourceRoutes.Reading reading, String type) {
        IFhirResourceDao<?> dao = daos.getResourceDao(type);
        return new ResourceRoutes<>(dao, line, reading, type);
    }

    private static IResourceProvider patch(DaoRegistry daos, RequestLine line, String type) {
        IFhirResourceDao<?> dao = daos.getResourceDao(type);
        return new PatchRoutes(dao.getResourceType(), type, line);
    }

    @Bean
    RestfulServer restfulServer(
            FhirContext context,
            ServedRoutes routes,
            SystemRoutes system,
            JpaCapabilities capabilities,
            IInterceptorService interceptors,
            MeterRegistry meters,
            AccordProperties properties) {
        context.setParserErrorHandler(new StrictErrorHandler());
        var server = new AccordServer(context);
        server.setInterceptorService(interceptors);
        server.registerInterceptor(new HeadOfSearches());
        server.registerInterceptor(new StoredAnswers());
        server.registerInterceptor(new ErrorFactory());
        server.registerInterceptor(new ResponseGate(meters));
        server.registerProviders(routes.providers());
        server.registerProvider(system);
        server.setServerConformanceProvider(capabilities.of(server));
        server.setServerAddressStrategy(
                new HardcodedServerAddressStrategy(properties.baseUrl().toString()));
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setDefaultPageSize(properties.limits().pageSize());
        server.setMaximumPageSize(properties.limits().maxPageSize());
        server.setIgnoreServerParsedRequestParameters(false);
        return server;
    }

    @Bean
    JpaCapabilities jpaCapabilities(
            IFhirSystemDao<Bundle, Meta> systemDao,
            JpaStorageSettings settings,
            ISearchParamRegistry parameters,
            IValidationSupport validation,
            ObjectProvider<FeatureRoutes> features,
            SecuritySection security) {
        return server -> {
            var provider = new JpaCapabilityStatementProvider(server, systemDao, settings, parameters, validation) {
                /** Says nothing of any record, and reads what is in no released view. */
                @Override
                public IBaseConformance getServerConformance(HttpServletRequest request, RequestDetails details) {
                    return StorageView.WHOLE.during(() -> super.getServerConformance(request, details));
                }

                @Override
                protected void postProcess(FhirTerser terser, IBaseConformance statement) {
                    super.postProcess(terser, statement);
                    var told = (CapabilityStatement) statement;
                    features.forEach(feature -> FeatureCapabilities.tell(feature, told));
                    ClaimedCapabilities.correct(told);
                    told.getRest().forEach(rest -> security.describe(rest.getSecurity()));
                }
            };
            provider.setImplementationDescription("Accord health information exchange");
            // A count would tell everybody how much is hidden from them.
            provider.setIncludeResourceCounts(false);
            return provider;
        };
    }

    /** Makes the server's CapabilityStatement. */
    interface JpaCapabilities {
        JpaCapabilityStatementProvider of(RestfulServer server);
    }

    /**
     * The resource routes of the server.
     *
     * @param providers one for each served type, and those that features add
     */
    record ServedRoutes(List<Object> providers) {}
}
