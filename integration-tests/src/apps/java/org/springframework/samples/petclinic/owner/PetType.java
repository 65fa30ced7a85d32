package org.springframework.samples.petclinic.owner;

import javax.persistence.Entity;
import javax.persistence.Table;
import org.springframework.samples.petclinic.model.NamedEntity;

/** Cat, dog, ... */
@Entity
@Table(name = "types")
public class PetType extends NamedEntity {}
