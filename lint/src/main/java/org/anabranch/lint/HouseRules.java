package org.anabranch.lint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Pattern;

/**
 * What every module keeps to, beside the {@link Layering}. None fails where there is no class yet.
 */
public final class HouseRules {
  private static final Pattern DRAWER =
      Pattern.compile(".*(Utils?|Utilities|Helpers?|Manager|Common|Constants)|Misc.*");

  private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";
  private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";

  private HouseRules() {}

  /** A function belongs to a value that it takes, or to a small noun of its own. */
  public static ArchRule noDrawers() {
    return noClasses()
        .should(beNamedLikeADrawer())
        .because("a function belongs to a value that it takes, or to a small noun of its own")
        .allowEmptyShould(true);
  }

  /** The one door to the Vector API. */
  public static ArchRule vectorsOnlyInSimd() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("org.anabranch.backend.simd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .because("org.anabranch.backend.simd is the one door to the Vector API")
        .allowEmptyShould(true);
  }

  /** {@code core} runs without Spark. */
  public static ArchRule noSpark() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .because("core knows nothing of Spark")
        .allowEmptyShould(true);
  }

  /** Output is that of the two command lines, the product's and the measurements'; others log. */
  public static ArchRule noStandardStreams() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("org.anabranch.spark.job..", "org.anabranch.bench..")
        .should(ACCESS_STANDARD_STREAMS)
        .because(
            "only org.anabranch.spark.job and bench write to standard output and error; others log")
        .allowEmptyShould(true);
  }

  /** Randomness is a pure function of named coordinates. */
  public static ArchRule noStatefulRandomness() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom|random\\..*)")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(StrictMath.class, "random")
        .because("randomness is a pure function of named coordinates: see org.anabranch.random")
        .allowEmptyShould(true);
  }

  /** A visitor who opens a package learns what it is for; and null checking covers it. */
  public static ArchRule everyPackageSaysWhatItIsFor() {
    return classes()
        .should(bePartOfADescribedPackage())
        .because("a package says what it is for in a package-info.java, annotated @NullMarked")
        .allowEmptyShould(true);
  }

  /**
   * Surefire runs {@code *Test}, and {@code *IT} once the jars are packed: a test in a class of
   * another name would never run.
   */
  public static ArchRule testsAreFound() {
    return methods()
        .that(
            DescribedPredicate.describe(
                "are tests", method -> method.isMetaAnnotatedWith(TESTABLE)))
        .should(standInATestOrAContract())
        .because(
            "Surefire runs *Test and *IT only; a suite for subclasses is abstract and ends in"
                + " Contract")
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> beNamedLikeADrawer() {
    return new ArchCondition<>("be named like a drawer") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean drawer = DRAWER.matcher(type.getSimpleName()).matches();
        events.add(
            new SimpleConditionEvent(type, drawer, type.getName() + " is named like a drawer"));
      }
    };
  }

  private static ArchCondition<JavaClass> bePartOfADescribedPackage() {
    return new ArchCondition<>("be part of a package with a package-info") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean described =
            type.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NULL_MARKED))
                .isPresent();
        events.add(
            new SimpleConditionEvent(
                type, described, type.getPackageName() + " has no @NullMarked package-info.java"));
      }
    };
  }

  private static ArchCondition<JavaMethod> standInATestOrAContract() {
    return new ArchCondition<>(
        "stand in a class ending in Test or IT, or an abstract one in Contract") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        JavaClass outer = method.getOwner();
        while (outer.getEnclosingClass().isPresent()) {
          outer = outer.getEnclosingClass().get();
        }
        boolean isAbstract = outer.getModifiers().contains(JavaModifier.ABSTRACT);
        String name = outer.getSimpleName();
        String suffix = isAbstract ? "Contract" : name.endsWith("IT") ? "IT" : "Test";
        events.add(
            new SimpleConditionEvent(
                method,
                name.endsWith(suffix),
                "%s stands in %s, whose name does not end in %s"
                    .formatted(method.getFullName(), outer.getName(), suffix)));
      }
    };
  }
}
