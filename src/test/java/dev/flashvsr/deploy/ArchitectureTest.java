package dev.flashvsr.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Holds the shape of the code: who may use whom, and what is kept in one place. */
@AnalyzeClasses(packages = "dev.flashvsr.deploy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "dev.flashvsr.deploy.";
    private static final List<String> LEAVES =
            List.of("event", "secret", "problem", "yaml", "json", "hash", "file", "process", "progress");

    @ArchTest
    static final ArchRule layersDependDownwardsOnly = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .ensureAllClassesAreContainedInArchitecture()
            .layer("top")
            .definedBy(in("cli"))
            .layer("views")
            .definedBy(in("console", "report"))
            .layer("apart")
            .definedBy(in("rehearsal"))
            .layer("use cases")
            .definedBy(in("engine", "relay", "products", "inspect", "upscale"))
            .layer("pure")
            .definedBy(in("plan", "diagnose", "playbook", "inventory"))
            .layer("state")
            .definedBy(in("checkpoint"))
            .layer("machine")
            .definedBy(in("box", "transfer", "fetch"))
            .layer("leaves")
            .definedBy(in(LEAVES.toArray(String[]::new)))
            .whereLayer("top")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("views")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("apart")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("use cases")
            .mayOnlyBeAccessedByLayers("top", "views")
            .whereLayer("pure")
            .mayOnlyBeAccessedByLayers("top", "views", "use cases")
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers("top", "use cases", "pure")
            .whereLayer("machine")
            .mayOnlyBeAccessedByLayers("top", "use cases", "pure", "state");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching(BASE + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule viewsSeeEventsPlansAndInspectionsOnly = noClasses()
            .that()
            .resideInAnyPackage(in("console", "report"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(in(
                    "checkpoint",
                    "box",
                    "process",
                    "yaml",
                    "inventory",
                    "transfer",
                    "fetch",
                    "engine",
                    "relay",
                    "products",
                    "upscale")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule planningTouchesNoMachine = noClasses()
            .that()
            .resideInAnyPackage(in("plan", "diagnose", "playbook"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(in("box.ssh", "box.local", "transfer", "fetch", "process")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule useCasesSeeThePortToABoxOnly = noClasses()
            .that()
            .resideInAnyPackage(
                    in("engine", "relay", "products", "inspect", "upscale", "checkpoint", "transfer", "fetch"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(in("box.ssh", "box.local")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jschInOnePackage = onlyIn("com.jcraft..", "box.ssh");

    @ArchTest
    static final ArchRule snakeYamlInOnePackage = onlyIn("org.yaml..", "yaml");

    @ArchTest
    static final ArchRule commonsExecInOnePackage = onlyIn("org.apache.commons.exec..", "process");

    @ArchTest
    static final ArchRule jacksonInOnePackage = onlyIn("tools.jackson..", "json");

    @ArchTest
    static final ArchRule minaInOnePackage = onlyIn("org.apache.sshd..", "rehearsal");

    @ArchTest
    static final ArchRule httpClientInOnePackage = onlyIn("java.net.http..", "fetch");

    @ArchTest
    static final ArchRule picocliInOnePackage = onlyIn("picocli..", "cli");

    @ArchTest
    static final ArchRule loggingIsReachedThroughItsApiOnly =
            noClasses().should().dependOnClassesThat().resideInAPackage("ch.qos.logback..");

    @ArchTest
    static final ArchRule standardStreamsBelongToCommandsAndViews = noClasses()
            .that(not(resideInAnyPackage(in("cli", "console"))))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyCommandsEndTheProcess = noClasses()
            .that(not(resideInAnyPackage(in("cli"))))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .allowEmptyShould(true);

    /** In a chroot whose root is no mount point it fails. */
    @ArchTest
    static final ArchRule roomOnADiskIsAskedWithoutItsMountPoint = noClasses()
            .should()
            .callMethod(Files.class, "getFileStore", Path.class)
            .because("File.getUsableSpace asks the same, and needs no mount point to be seen");

    @ArchTest
    static final ArchRule sleepIsPassedIn = noClasses()
            .that()
            .doNotHaveSimpleName("Sleeper")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class);

    @ArchTest
    static final ArchRule processesStartInOnePlace = noClasses()
            .that(not(resideInAnyPackage(in("process", "rehearsal"))))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule timesAreJavaTime = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Calendar.class);

    @ArchTest
    static final ArchRule nothingIsSerializedTheJavaWay = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.io.ObjectInputStream.class, java.io.ObjectOutputStream.class)
            .orShould(declareSerializable());

    @ArchTest
    static final ArchRule everyPackageSaysItsJobInItsName =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..");

    @ArchTest
    static final ArchRule everyPackageSaysItsJobInItsPackageInfo = classes().should(haveAPackageInfo());

    /** The packages of these names with all below them. */
    private static String[] in(String... names) {
        return Stream.of(names).map(name -> BASE + name + "..").toArray(String[]::new);
    }

    private static ArchRule onlyIn(String library, String home) {
        return noClasses()
                .that(not(resideInAPackage(BASE + home + "..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    /** Implemented by the class itself: exceptions, enums and records of the JDK's making are not asked. */
    private static ArchCondition<JavaClass> declareSerializable() {
        return new ArchCondition<>("declare java.io.Serializable") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getRawInterfaces().stream()
                        .filter(face -> face.isEquivalentTo(java.io.Serializable.class))
                        .forEach(face ->
                                events.add(SimpleConditionEvent.satisfied(type, type.getName() + " is Serializable")));
            }
        };
    }

    private static ArchCondition<JavaClass> haveAPackageInfo() {
        return new ArchCondition<>("be in a package with a @NullMarked package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(org.jspecify.annotations.NullMarked.class))
                        .isPresent();
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " has no package-info.java"));
            }
        };
    }
}
