package org.anabranch.model.paths.evaluation;

/**
 * How far drawn paths were from real ones while a model learnt.
 *
 * @param round of training, after which they were drawn
 */
public record RoundScores(long round, Distances distances) {}
