package org.anabranch.spark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.train.Course;

/** Brings courses on adaptive steps to times that they have in common, for a picture. */
final class CommonTimes {
  /** Steps are drawn so fine that none is lost to the eye. */
  private static final int POINTS = 65;

  private CommonTimes() {}

  /** The courses' own times if they are the same for all, else equal steps from start to end. */
  static List<Double> of(List<Course> courses) {
    List<Double> first = courses.get(0).times();
    if (courses.stream().allMatch(course -> course.times().equals(first))) {
      return first;
    }
    double start = first.get(0);
    double end = first.get(first.size() - 1);
    return IntStream.range(0, POINTS)
        .mapToObj(i -> i == POINTS - 1 ? end : start + i * (end - start) / (POINTS - 1))
        .toList();
  }

  /** The course at other times, on straight lines between its own. */
  static Course resampled(Course course, List<Double> times) {
    if (course.times().equals(times)) {
      return course;
    }
    List<List<Double>> states = new ArrayList<>();
    List<Double> ofLabel = new ArrayList<>();
    List<Double> defects = new ArrayList<>();
    int step = 1;
    for (double time : times) {
      while (step < course.times().size() - 1 && course.times().get(step) < time) {
        step++;
      }
      double from = course.times().get(step - 1);
      double share = (time - from) / (course.times().get(step) - from);
      int at = step;
      int width = course.states().get(0).size();
      states.add(
          IntStream.range(0, width)
              .mapToObj(
                  i ->
                      between(
                          course.states().get(at - 1).get(i),
                          course.states().get(at).get(i),
                          share))
              .toList());
      ofLabel.add(between(course.ofLabel().get(at - 1), course.ofLabel().get(at), share));
      defects.add(between(course.defects().get(at - 1), course.defects().get(at), share));
    }
    return new Course(course.verdict(), times, states, ofLabel, defects);
  }

  private static double between(double a, double b, double share) {
    return a + share * (b - a);
  }
}
