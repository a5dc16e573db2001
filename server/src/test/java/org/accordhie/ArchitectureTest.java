package org.accordhie;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * The house's structure: features with a pure root and adapters below it, {@code fhirserver} which runs HAPI and knows no
 * feature, {@code local} and {@code console} which nobody knows. A new package under {@code org.accordhie} is a feature.
 */
@AnalyzeClasses(packages = "org.accordhie", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String BASE = "org.accordhie";

    private static final String[] NOT_FEATURES = {
        BASE + ".vocabulary..", BASE + ".fhirserver..", BASE + ".local..", BASE + ".console.."
    };

    private static final Set<String> PLUMBING = Set.of("jpa", "web", "http");

    private static final Set<String> INJECTING =
            Set.of("Autowired", "Value", "PersistenceContext", "PersistenceUnit", "Inject", "Resource");

    private static final Pattern CLOCK = Pattern.compile("now|system.*|tick.*");

    private static final DescribedPredicate<JavaClass> IN_A_FEATURE = resideInAPackage(BASE + ".(*)..")
            .and(not(resideInAnyPackage(NOT_FEATURES)))
            .as("are in a feature");

    private static final DescribedPredicate<JavaClass> PURE = resideInAPackage(BASE + ".*")
            .and(IN_A_FEATURE.or(resideInAPackage(BASE + ".vocabulary")))
            .as("are in the root of a feature or in the vocabulary");

    private static final DescribedPredicate<JavaClass> ADAPTER =
            IN_A_FEATURE.and(not(PURE)).as("are below the root of a feature");

    private static final DescribedPredicate<JavaAccess<?>> READS_CLOCK = describe("reads a clock", access -> {
        var owner = access.getTargetOwner();
        var name = access.getName();
        return (owner.getPackageName().equals("java.time")
                        && CLOCK.matcher(name).matches())
                || (owner.isEquivalentTo(System.class)
                        && Set.of("currentTimeMillis", "nanoTime").contains(name))
                || (owner.isEquivalentTo(Date.class) && name.equals("<init>"))
                || (owner.isEquivalentTo(Calendar.class) && name.equals("getInstance"));
    });

    @ArchTest
    static final ArchRule roots_are_pure = classes()
            .that(PURE)
            .should()
            .onlyDependOnClassesThat(PURE.or(resideInAnyPackage("java..", "org.jspecify.annotations"))
                    .as("are pure, Java's or JSpecify's"))
            .because("the idea of a feature must be readable and testable without its plumbing");

    @ArchTest
    static final ArchRule the_vocabulary_knows_no_feature = classes()
            .that()
            .resideInAPackage(BASE + ".vocabulary..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(BASE + ".vocabulary", "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule roots_read_no_clock = noClasses()
            .that(PURE)
            .should()
            .accessTargetWhere(READS_CLOCK)
            .because("a decision is a function: time is given");

    @ArchTest
    static final ArchRule adapters_have_one_of_four_names = classes()
            .that(ADAPTER)
            .should()
            .resideInAnyPackage(BASE + ".*.fhir", BASE + ".*.jpa", BASE + ".*.web", BASE + ".*.http");

    @ArchTest
    static final ArchRule features_use_no_plumbing_of_another = classes()
            .that(IN_A_FEATURE)
            .should(notDependOnPlumbingOfAnotherFeature())
            .because("what one step hands to the next goes through RequestContext or a port in a pure root");

    @ArchTest
    static final ArchRule the_server_knows_no_feature = noClasses()
            .that()
            .resideInAPackage(BASE + ".fhirserver..")
            .should()
            .dependOnClassesThat(IN_A_FEATURE)
            .because("it knows the kinds of steps, and the features register theirs");

    @ArchTest
    static final ArchRule nobody_knows_local = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".local..")
            .and()
            .doNotHaveFullyQualifiedName(BASE + ".AccordApplication") // it hands the arguments to the commands
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + ".local..");

    @ArchTest
    static final ArchRule nobody_knows_the_console = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".console..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + ".console..");

    @ArchTest
    static final ArchRule features_form_no_circle =
            slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule fields_are_not_injected = noFields()
            .should()
            .beAnnotatedWith(describe(
                    "injection",
                    annotation -> INJECTING.contains(annotation.getRawType().getSimpleName())))
            .because("a constructor says what a class needs");

    @ArchTest
    static final ArchRule packages_mark_null = classes().should(resideInNullMarkedPackage());

    private static ArchCondition<JavaClass> notDependOnPlumbingOfAnotherFeature() {
        return new ArchCondition<>("not depend on jpa, web or http of another feature") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isPlumbingOfAnother(dependency.getTargetClass(), user))
                        .map(dependency -> SimpleConditionEvent.violated(user, dependency.getDescription()))
                        .forEach(events::add);
            }
        };
    }

    private static boolean isPlumbingOfAnother(JavaClass used, JavaClass user) {
        if (!IN_A_FEATURE.test(used)) {
            return false;
        }
        var place = placeOf(used);
        return !place.get(0).equals(placeOf(user).get(0)) && place.size() > 1 && PLUMBING.contains(place.get(1));
    }

    /** The feature and, below its root, the adapter. */
    private static List<String> placeOf(JavaClass type) {
        return List.of(type.getPackageName().substring(BASE.length() + 1).split("\\.", -1));
    }

    private static ArchCondition<JavaClass> resideInNullMarkedPackage() {
        return new ArchCondition<>("reside in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                var message = type.getName() + (marked ? " is" : " is not") + " in a @NullMarked package";
                events.add(new SimpleConditionEvent(type, marked, message));
            }
        };
    }
}
