// Puts what Synthea wrote into loading order, for generate.sh. One source file, run on a plain JDK 17:
//   java -cp "target/lib/*" Pack.java --from RAW --to DIR [--keep FILE] [--zip FILE]
//
// 000-hospitals.json         organisations and locations        (Synthea's hospitalInformation bundle)
// 001-practitioners.json     practitioners and their roles      (Synthea's practitionerInformation bundle)
// 010-<patient>-<org>.json   one bundle per patient and organisation, exactly the bytes Synthea wrote
// index.tsv                  one line per bundle: which patient, whose record, how many resources
//
// <patient> counts the patients by their id, <org> is the place of the owning organisation in 000-hospitals.json.
// The patients' bundles are moved out of RAW, not copied.
// With --keep only the patients listed in FILE (one Patient.id a line, # starts a comment) are taken, and the two shared
// bundles are cut down to what the kept bundles mention.

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

public class Pack {

  static final ObjectMapper JSON = new ObjectMapper()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  /** One patient's record at one organisation. */
  record Rec(Path file, String patient, String name, String owner, Set<String> orgs, int resources) {}

  public static void main(String[] args) throws IOException {
    Map<String, String> opt = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!List.of("--from", "--to", "--keep", "--zip").contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException("unknown or incomplete option " + args[i]);
      }
      opt.put(args[i], args[i + 1]);
    }
    Path from = Path.of(opt.get("--from"));
    Path to = Path.of(opt.get("--to"));
    Set<String> keep = opt.containsKey("--keep") ? readIds(Path.of(opt.get("--keep"))) : null;

    JsonNode hospitals = null;
    JsonNode practitioners = null;
    List<Rec> recs = new ArrayList<>();
    Set<String> mentioned = new HashSet<>();
    int empty = 0;
    for (Path file : sorted(from)) {
      String n = file.getFileName().toString();
      if (n.startsWith("hospitalInformation")) {
        hospitals = JSON.readTree(file.toFile());
      } else if (n.startsWith("practitionerInformation")) {
        practitioners = JSON.readTree(file.toFile());
      } else if (n.endsWith(".json")) {
        // Synthea names a bundle <name>_<Patient.id><record number>.json
        if (keep != null && keep.stream().noneMatch(id -> n.contains("_" + id))) {
          continue;
        }
        JsonNode bundle = JSON.readTree(file.toFile());
        if (isEmpty(bundle)) {
          empty++;
          continue;
        }
        recs.add(describe(file, bundle));
        collectMatches(bundle, mentioned);
      }
    }
    if (hospitals == null || practitioners == null || recs.isEmpty()) {
      throw new IllegalStateException("no Synthea bundles (or none of the patients to keep) in " + from);
    }
    if (keep != null) {
      Set<String> missing = new TreeSet<>(keep);
      recs.forEach(r -> missing.remove(r.patient()));
      if (!missing.isEmpty()) {
        throw new IllegalStateException("patients to keep that this run did not make: " + missing);
      }
      practitioners = cutPractitioners(practitioners, mentioned);
      hospitals = cutHospitals(hospitals, mentioned);
    }

    Map<String, Integer> orgNumber = new HashMap<>();
    Map<String, String> orgName = new HashMap<>();
    for (JsonNode entry : hospitals.get("entry")) {
      JsonNode r = entry.get("resource");
      if (r.get("resourceType").asText().equals("Organization")) {
        String id = r.at("/identifier/0/value").asText();
        orgNumber.put(id, orgNumber.size() + 1);
        orgName.put(id, r.path("name").asText());
      }
    }
    Map<String, Integer> patientNumber = new TreeMap<>();
    recs.forEach(r -> patientNumber.put(r.patient(), 0));
    int next = 1;
    for (Map.Entry<String, Integer> e : patientNumber.entrySet()) {
      e.setValue(next++);
    }

    Map<String, byte[]> out = new TreeMap<>();
    Map<String, Path> moved = new TreeMap<>();
    out.put("000-hospitals.json", JSON.writeValueAsBytes(hospitals));
    out.put("001-practitioners.json", JSON.writeValueAsBytes(practitioners));
    Map<String, String> lines = new TreeMap<>();
    for (Rec r : recs) {
      String base = String.format("010-%04d-%03d", patientNumber.get(r.patient()), orgNumber.getOrDefault(r.owner(), 0));
      String name = base + ".json";
      for (char c = 'b'; moved.containsKey(name); c++) {
        name = base + c + ".json";
      }
      moved.put(name, r.file());
      lines.put(name, String.join("\t", name, r.patient(), r.name(), r.owner(), orgName.getOrDefault(r.owner(), "?"),
          String.valueOf(r.orgs().size()), String.valueOf(r.resources()), String.valueOf(Files.size(r.file()))));
    }
    StringBuilder index = new StringBuilder(
        "file\tpatient\tname\torganization\torganizationName\torganizationsInEncounters\tresources\tbytes\n");
    lines.values().forEach(l -> index.append(l).append('\n'));
    out.put("index.tsv", index.toString().getBytes(StandardCharsets.UTF_8));

    Files.createDirectories(to);
    for (Map.Entry<String, byte[]> e : out.entrySet()) {
      Files.write(to.resolve(e.getKey()), e.getValue());
    }
    for (Map.Entry<String, Path> e : moved.entrySet()) {
      Files.move(e.getValue(), to.resolve(e.getKey()));
    }
    if (opt.containsKey("--zip")) {
      zip(to, Path.of(opt.get("--zip")));
    }
    System.out.printf("%d patients, %d records, %d organisations, %d resources in %s (%d empty records left out)%n",
        patientNumber.size(), recs.size(), orgNumber.size(), recs.stream().mapToInt(Rec::resources).sum() + hospitals.get("entry").size()
            + practitioners.get("entry").size(), to, empty);
  }

  static Set<String> readIds(Path file) throws IOException {
    Set<String> ids = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      String id = line.replaceFirst("#.*", "").trim();
      if (!id.isEmpty()) {
        ids.add(id);
      }
    }
    return ids;
  }

  static List<Path> sorted(Path dir) throws IOException {
    try (var files = Files.list(dir)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /**
   * Nothing but the Patient and its Provenance: the organisation saw the patient before the years that were kept. Synthea still
   * writes such a bundle, and no longer says whose it is.
   */
  static boolean isEmpty(JsonNode bundle) {
    for (JsonNode entry : bundle.get("entry")) {
      String type = entry.at("/resource/resourceType").asText();
      if (!type.equals("Patient") && !type.equals("Provenance")) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whose record it is: the organisation of most of its encounters. Synthea's Provenance names the organisation of the last
   * encounter anywhere, which need not be the owner, so it only serves for a record without encounters.
   */
  static Rec describe(Path file, JsonNode bundle) {
    Map<String, Integer> encounters = new TreeMap<>();
    String patient = null;
    String name = null;
    String owner = null;
    for (JsonNode entry : bundle.get("entry")) {
      JsonNode r = entry.get("resource");
      switch (r.get("resourceType").asText()) {
        case "Patient" -> {
          patient = r.get("id").asText();
          name = r.at("/name/0/given/0").asText() + " " + r.at("/name/0/family").asText();
        }
        case "Encounter" -> encounters.merge(matchValue(r.at("/serviceProvider/reference").asText()), 1, Integer::sum);
        case "Provenance" -> owner = matchValue(r.at("/agent/0/onBehalfOf/reference").asText());
        default -> { }
      }
    }
    int most = 0;
    for (Map.Entry<String, Integer> e : encounters.entrySet()) {
      if (e.getValue() > most) {
        most = e.getValue();
        owner = e.getKey();
      }
    }
    return new Rec(file, patient, name, owner, encounters.keySet(), bundle.get("entry").size());
  }

  /** {@code Organization?identifier=system|value} gives the value. */
  static String matchValue(String reference) {
    return reference.substring(reference.indexOf('|') + 1);
  }

  static void collectMatches(JsonNode node, Set<String> into) {
    if (node.isObject() && node.path("reference").isTextual() && node.get("reference").asText().contains("?identifier=")) {
      into.add(matchValue(node.get("reference").asText()));
    }
    node.forEach(child -> collectMatches(child, into));
  }

  /** Keeps the mentioned practitioners with their roles, and notes the roles' organisations and places as mentioned too. */
  static JsonNode cutPractitioners(JsonNode bundle, Set<String> mentioned) {
    return cut(bundle, r -> {
      if (r.get("resourceType").asText().equals("Practitioner")) {
        return mentioned.contains(r.at("/identifier/0/value").asText());
      }
      if (!mentioned.contains(r.at("/practitioner/identifier/value").asText())) {
        return false;
      }
      mentioned.add(r.at("/organization/identifier/value").asText());
      r.path("location").forEach(l -> mentioned.add(l.at("/identifier/value").asText()));
      return true;
    });
  }

  static JsonNode cutHospitals(JsonNode bundle, Set<String> mentioned) {
    for (JsonNode entry : bundle.get("entry")) {
      JsonNode r = entry.get("resource");
      if (r.has("managingOrganization") && mentioned.contains(r.at("/identifier/0/value").asText())) {
        mentioned.add(r.at("/managingOrganization/identifier/value").asText());
      }
    }
    return cut(bundle, r -> mentioned.contains(r.at("/identifier/0/value").asText()));
  }

  static JsonNode cut(JsonNode bundle, Predicate<JsonNode> wanted) {
    ObjectNode copy = bundle.deepCopy();
    ArrayNode entries = copy.putArray("entry");
    for (JsonNode entry : bundle.get("entry")) {
      if (wanted.test(entry.get("resource"))) {
        entries.add(entry);
      }
    }
    return copy;
  }

  /** The same input gives the same bytes: entries by name, one fixed time, nothing of the machine. */
  static void zip(Path dir, Path zip) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (Path p : sorted(dir)) {
        ZipEntry entry = new ZipEntry(p.getFileName().toString());
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        out.putNextEntry(entry);
        Files.copy(p, out);
        out.closeEntry();
      }
    }
  }
}
