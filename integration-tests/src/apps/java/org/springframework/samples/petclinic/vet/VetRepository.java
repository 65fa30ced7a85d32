package org.springframework.samples.petclinic.vet;

import org.springframework.data.jpa.repository.JpaRepository;

/** All vets, and by the page. */
public interface VetRepository extends JpaRepository<Vet, Integer> {}
