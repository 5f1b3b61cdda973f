package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.train.Course;
import org.anabranch.train.Verdict;

/** {@code trajectories.json}: a few ways through the flow, drawn in the plane that shows most. */
final class Ways {
  private static final int RIGHT_SHOWN = 10;
  private static final int WRONG_SHOWN = 4;
  private static final JsonMapper JSON = new JsonMapper();

  private Ways() {}

  /** The rows of a block to follow: a right sample of each class, and some wrong ones. */
  static List<Integer> chosen(List<Verdict> verdicts) {
    Map<Integer, Verdict> right = new TreeMap<>();
    verdicts.stream()
        .filter(verdict -> verdict.found() == verdict.label())
        .forEach(verdict -> right.putIfAbsent(verdict.label(), verdict));
    Stream<Verdict> wrong = verdicts.stream().filter(Verdict::isMistake).limit(WRONG_SHOWN);
    return Stream.concat(right.values().stream().limit(RIGHT_SHOWN), wrong)
        .map(Verdict::row)
        .toList();
  }

  static ObjectNode file(long round, List<Course> followed) {
    List<Course> finite = followed.stream().filter(Ways::isFinite).toList();
    ObjectNode file = JSON.createObjectNode().put("round", round);
    ArrayNode times = file.putArray("times");
    ArrayNode samples = file.putArray("samples");
    if (finite.isEmpty()) {
      return file;
    }
    List<Double> common = CommonTimes.of(finite);
    List<Course> courses =
        finite.stream().map(course -> CommonTimes.resampled(course, common)).toList();
    common.forEach(times::add);
    Plane plane = Plane.of(courses.stream().flatMap(one -> one.states().stream()).toList());
    file.set("explained", JSON.valueToTree(plane.explained()));
    int points = common.size();
    for (int i = 0; i < courses.size(); i++) {
      add(samples, courses.get(i), plane.points().subList(i * points, (i + 1) * points));
    }
    return file;
  }

  private static boolean isFinite(Course course) {
    return course.states().stream().flatMap(List::stream).allMatch(Double::isFinite);
  }

  private static void add(ArrayNode samples, Course course, List<List<Double>> plane) {
    Verdict verdict = course.verdict();
    ObjectNode sample = samples.addObject();
    sample.put("id", Mistake.name(verdict));
    sample.put("label", verdict.label()).put("found", verdict.found());
    sample.set("plane", JSON.valueToTree(plane));
    sample.set("ofLabel", JSON.valueToTree(course.ofLabel()));
    sample.set("defect", JSON.valueToTree(course.defects()));
  }
}
