-- AlterTable
ALTER TABLE "external_identity" ADD COLUMN     "made_account" BOOLEAN NOT NULL DEFAULT false;
