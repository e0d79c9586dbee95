package io.cleave.testbed.experiment;

import io.cleave.policies.graph.DnnGraph;

/**
 * A network of an experiment.
 *
 * @param name in result files, unique in the experiment
 * @param origin {@code zoo:alexnet}, or the file's path
 * @param graph what planners see
 */
public record Network(String name, String origin, DnnGraph graph) {}
