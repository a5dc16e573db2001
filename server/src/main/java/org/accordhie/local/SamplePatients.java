package org.accordhie.local;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.accordhie.fhirserver.StorageView;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** The patients in a development exchange's database, the first few hundred; records with one Synthea identifier are one person. */
final class SamplePatients implements DevelopmentPatients {

    private static final int AT_MOST = 500;

    private final DaoRegistry daos;

    SamplePatients(DaoRegistry daos) {
        this.daos = daos;
    }

    @Override
    public List<Person> people() {
        var names = find(Organization.class).stream()
                .collect(Collectors.toMap(SamplePatients::id, organization -> "" + organization.getName()));
        var records = find(Patient.class).stream()
                .collect(Collectors.groupingBy(SamplePatients::person, TreeMap::new, Collectors.toList()));
        return records.entrySet().stream()
                .map(entry -> person(entry.getKey(), entry.getValue(), names))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    private <T extends Resource> List<T> find(Class<T> type) {
        var search = new SearchParameterMap().setLoadSynchronousUpTo(AT_MOST);
        return StorageView.WHOLE.during(
                () -> daos.getResourceDao(type).searchForResources(search, new SystemRequestDetails()));
    }

    private static Person person(String id, List<Patient> records, Map<String, String> names) {
        var first = records.get(0);
        var keepers = new LinkedHashMap<String, PatientRecord>();
        for (var record : records) {
            keepers.put(id(record), new PatientRecord(id(record), keeper(record, names)));
        }
        var called = first.getNameFirstRep();
        var name = called.getGivenAsSingleString() + " " + Objects.requireNonNullElse(called.getFamily(), "");
        return new Person(
                id,
                name.isBlank() ? "no name" : name.strip(),
                first.hasBirthDate() ? first.getBirthDateElement().getValueAsString() : "",
                List.copyOf(keepers.values()));
    }

    private static String keeper(Patient record, Map<String, String> names) {
        var source = String.valueOf(record.getMeta().getSource());
        var keeper = source.substring(source.lastIndexOf('/') + 1);
        return names.getOrDefault(keeper, keeper);
    }

    private static String person(Patient record) {
        return record.getIdentifier().stream()
                .filter(identifier -> SampleLoader.SYNTHEA.equals(identifier.getSystem()))
                .map(Identifier::getValue)
                .findFirst()
                .orElseGet(() -> id(record));
    }

    private static String id(Resource resource) {
        return resource.getIdElement().getIdPart();
    }
}
