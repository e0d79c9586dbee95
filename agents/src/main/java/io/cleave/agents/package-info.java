/**
 * The Quarkus application of an agent: measures load and bandwidth on a device or server and runs
 * slices of networks.
 */
@NullMarked
package io.cleave.agents;

import org.jspecify.annotations.NullMarked;
