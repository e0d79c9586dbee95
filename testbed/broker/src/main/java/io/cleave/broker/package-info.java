/** A full MQTT 5 broker in a process of its own, for tests and the local world. */
@NullMarked
package io.cleave.broker;

import org.jspecify.annotations.NullMarked;
